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

_ORDINARY = """
    ace amber angel april art ash august autumn baker banks bear bell berry bill black blessing bliss blossom
    blue bond brook brooks brown buck bud buddy bush candy carol case chance charity chase chip church cliff
    comfort cook cross crystal dale dawn day dean destiny drew duke early eve faith fern field fields fisher
    ford forest fox frank free gay gene gift ginger glory good grace grant gray green grey guy hall harmony hay
    heather heaven hill holly honey hood hope house hunt hunter ice it ivy jade jewel jolly joy june junior
    justice kind king knight lake lance lane law lily little long love lovely lucky major march mark marsh may
    melody mercy merry miles mill miller miracle misty moon noble ocean olive page park parks pat patience peace
    pearl penny pepper phoenix poppy porter precious price prince princess promise queen rain ram raven ray
    rebel reed rich river rob robin rock rocky rod rose ruby rush rusty sage sandy serenity sharp short sky
    small star sterling stone storm strong sue summer sunny sunshine swift teal temple trinity trip true us van
    violet walker ward waters wells west white who will winter wise wolf wood woods young
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Names and abbreviations that are words as well: only their capitals tell them apart."""
