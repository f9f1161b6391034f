"""The pack: a study's coding as files for other programs. Values go in, the bytes of files come out.

gathered   what a study hands over         tables   the same as tables with keys; one file for each group of them
tidy       CSV with datapackage.json       xlsx     a workbook, a sheet for each table
columns    one row a case, for SPSS and Stata       drawing, figures, tracing   pictures with their data and words
typst      a report as PDF                 readme   what each file is

The tables become a database in `qualbench.store.analysis`, which has the SQL.
"""
