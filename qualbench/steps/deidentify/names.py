"""Two lists of names: given names offered as pseudonyms, and names that are ordinary English words too."""

GIVEN_NAMES = (
    "Adela", "Amina", "Anouk", "Aurelio", "Bashir", "Beatrix", "Bodil", "Callum", "Carmela", "Cedric",
    "Chiara", "Damian", "Daria", "Deepak", "Desmond", "Edith", "Elena", "Emeka", "Fabian", "Farida",
    "Felix", "Freya", "Gideon", "Greta", "Hamid", "Hanneke", "Henrik", "Ingrid", "Ismael", "Ivana",
    "Jamal", "Joanna", "Kasper", "Keiko", "Kenji", "Lamar", "Leila", "Lionel", "Lorena", "Malik",
    "Marisol", "Mehmet", "Mireille", "Nadia", "Nikhil", "Odette", "Oskar", "Paloma", "Pavel", "Priya",
    "Quentin", "Ramona", "Rashid", "Renata", "Ruben", "Saskia", "Silvia", "Tobias", "Uma", "Yusuf",
)  # fmt: skip
"""Sixty plain given names of many origins, none of them an ordinary word."""

ORDINARY = frozenset(
    """
    ace amber angel april art ash august autumn baker banks bear bell berry bill black bliss blue bond bookman
    brook brooks brown buck bud buddy bush butler candy carol carter case chance charity chase chip church clay
    cliff coach cook cross crystal dale dawn day dean destiny drew duke early earl faith field fields finch fisher
    flora ford forest fox frank free gene ginger glen glory good grace grant gray green grey guy hall harmony
    harper hart hay hazel heath heather heaven hill holly honey hood hope house hunt hunter ice iris it ivy jack
    jade jay jewel john joy joyce june justice king knight lake lance lane law lily long love lucky lynn major
    mark marsh mason may march melody mercy miles mill miller misty moon nick noble norm olive page park parks
    pat patience pearl penny peace pepper piper poppy porter precious price prince princess queen ray reed rich
    river rob robin rock rocky rod rose ruby rush rusty sage sally sandy savanna serenity sharp short sky star
    stone storm summer sue sunny tanner taylor teal ted temple tiffany tracy trinity trip troy turner us van
    victor viola violet wade walker ward waters wells west white who will winter wise wolf wood woods young
    """.split()
)
"""Names and abbreviations that are words as well: only their capitals tell them apart."""
