"""Spreadsheets and documents: made by LibreOffice and by the libraries that other programs make theirs with."""

from __future__ import annotations

from textwrap import dedent

from tests.intake.cases import Case, Making, Workshop, refused, row

OPENPYXL, XLSXWRITER, DOCX = "openpyxl", "XlsxWriter", "python-docx"
OFFICE_MADE = "LibreOffice"


def _openpyxl(code: str) -> Making:
    head = (
        "from datetime import date, datetime, time\nimport openpyxl\nbook = openpyxl.Workbook()\nsheet = book.active\n"
    )
    return lambda shop: shop.script(f"{head}{dedent(code)}\nbook.save(path)", "book.xlsx")


def _xlsxwriter(code: str) -> Making:
    head = "import xlsxwriter\nbook = xlsxwriter.Workbook(path)\nsheet = book.add_worksheet('Hoja1')\n"
    return lambda shop: shop.script(f"{head}{dedent(code)}\nbook.close()", "book.xlsx")


def _docx(code: str) -> Making:
    head = "import docx\nletter = docx.Document()\n"
    return lambda shop: shop.script(f"{head}{dedent(code)}\nletter.save(path)", "letter.docx")


def _office(make: Making, to: str) -> Making:
    """What `make` makes, opened and saved again by LibreOffice."""

    def convert(shop: Workshop) -> bytes:
        made = make(shop)
        assert not isinstance(made, bytes)
        return shop.converted(made, made.name, to).read_bytes()

    return convert


def _written(html: str, to: str) -> Making:
    """A web page opened in LibreOffice Writer, and saved as `to`."""
    page = f"<html><head><meta charset='utf-8'></head><body>{html}</body></html>".encode()
    return lambda shop: shop.converted(page, "page.html", to, reads="HTML (StarWriter)").read_bytes()


NUMBERS = """
    sheet.append(["Nombre", "Pedido", "Recuerdo", "Provincia", "Qué hizo"])
    sheet.append(["Ana", 7, date(2018, 12, 24), 0.25, 1234.5])
    sheet.append(["Leo", 42, datetime(2018, 12, 24, 15, 30), 5, True])
    sheet.append(["Eva", 3.0, time(9, 5), -2, "'=hola"])
    sheet["C2"].number_format = 'd" de "mmmm" de "yyyy'
    sheet["C3"].number_format = "dd/mm/yyyy hh:mm"
    sheet["C4"].number_format = "h:mm"
    sheet["D2"].number_format = "0%"
    sheet["D3"].number_format = "00000"
    sheet["D4"].number_format = '0;"menos "0'
    sheet["E2"].number_format = '"$" #,##0.00'
    sheet["B3"].number_format = '0" años"'
"""
SHOWN = (
    row(
        2,
        "Ana",
        fields={
            "nombre": "Ana",
            "pedidoNocheMagica": "7",
            "recuerdoEspecial": "24 de diciembre de 2018",
            "provincia": "25%",
            "queHizo": "$ 1.234,50",
        },
    ),
    row(
        3,
        "Leo",
        fields={
            "nombre": "Leo",
            "pedidoNocheMagica": "42 años",
            "recuerdoEspecial": "24/12/2018 15:30",
            "provincia": "00005",
            "queHizo": "VERDADERO",
        },
    ),
    row(
        4,
        "Eva",
        fields={
            "nombre": "Eva",
            "pedidoNocheMagica": "3",
            "recuerdoEspecial": "9:05",
            "provincia": "menos 2",
            "queHizo": "'=hola",
        },
    ),
)
# LibreOffice was run in English here, and shows numbers so; what it stores as text of a cell is what is read.
SHOWN_IN_ODS = (
    row(
        2,
        "Ana",
        fields={
            "nombre": "Ana",
            "pedidoNocheMagica": "7",
            "recuerdoEspecial": "24 de December de 2018",
            "provincia": "25%",
            "queHizo": "$ 1,234.50",
        },
    ),
    row(
        3,
        "Leo",
        fields={
            "nombre": "Leo",
            "pedidoNocheMagica": "42 años",
            "recuerdoEspecial": "24/12/2018 15:30",
            "provincia": "00005",
            "queHizo": "TRUE",
        },
    ),
    row(4, "Eva"),
)
MERGED = """
    sheet.append(["Pedidos 2026 de la Escuela 4"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["Nombre", "Pedido", "Provincia"])
    for name, wish in (("Ana", "bici"), ("Leo", "tren"), ("Eva", "libro")):
        sheet.append([name, wish])
    sheet["C4"] = "Salta"
    sheet.merge_cells("C4:C5")
    sheet["C6"] = "Jujuy"
    sheet.merge_cells("C6:C9")
"""
PLACES = (
    row(4, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "bici", "provincia": "Salta"}),
    row(5, "Leo", fields={"nombre": "Leo", "pedidoNocheMagica": "tren", "provincia": "Salta"}),
    row(6, "Eva", fields={"nombre": "Eva", "pedidoNocheMagica": "libro", "provincia": "Jujuy"}),
)
SHEETS = """
    sheet.title = "Sala roja"
    sheet.append(["Nombre", "Pedido"])
    sheet.append(["Ana", "bici"])
    other = book.create_sheet("Sala azul")
    other.append(["Pedido", "Nombre"])
    other.append(["tren", "Leo"])
    other.append(["", ""])
    other.append(["libro", ""])
    book.create_sheet("Vacía")
    notes = book.create_sheet("Teléfonos")
    notes.append(["Portería", "4321-0000"])
    notes.append(["Cocina", "4321-0001"])
    lists = book.create_sheet("Listas")
    lists.append(["Nombre"])
    lists.append(["No es un chico"])
    lists.sheet_state = "hidden"
"""
BY_SHEET = (row(2, "Ana", sheet="Sala roja"), row(2, "Leo", sheet="Sala azul"))
BY_SHEET_REFUSED = (refused("field_missing", 4, "Nombre", sheet="Sala azul"),)
FORMULAS = """
    sheet.append(["Nombre", "Apellido", "Nombre completo", "Pedido"])
    sheet.append(["Ana", "Paz", "=A2&\\" \\"&B2", "bici"])
    sheet.append(["Leo", "Sosa", "=A3&\\" \\"&B3", "=1/0"])
    sheet["A1"] = "De pila"
"""
TABLE = (
    "<p>Lista de la sala</p><table border=1><tr><td>Nombre</td><td>Pedido</td></tr>"
    "<tr><td>Ana</td><td>una bici<br>roja</td></tr><tr><td>Leo</td><td>un tren</td></tr></table>"
)
IN_WORD = (row(2, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "una bici roja"}), row(3, "Leo"))
FORM = (
    "<p>Formulario</p><table border=1><tr><td>Nombre del niño:</td><td>Ana Paz</td></tr><tr><td>Provincia</td>"
    "<td>Salta</td></tr><tr><td>Mensaje</td><td>Hola, Ana. Te espero.</td></tr></table>"
)

OFFICE = (
    Case("shown-as-in-excel.xlsx", _openpyxl(NUMBERS), OPENPYXL, SHOWN),
    Case("calc-shown.xlsx", _office(_openpyxl(NUMBERS), "xlsx"), OFFICE_MADE, SHOWN),
    Case("calc-shown.ods", _office(_openpyxl(NUMBERS), "ods"), OFFICE_MADE, SHOWN_IN_ODS),
    Case("merged.xlsx", _openpyxl(MERGED), OPENPYXL, PLACES),
    Case("calc-merged.xlsx", _office(_openpyxl(MERGED), "xlsx"), OFFICE_MADE, PLACES),
    Case("calc-merged.ods", _office(_openpyxl(MERGED), "ods"), OFFICE_MADE, PLACES),
    Case("sheets.xlsx", _openpyxl(SHEETS), OPENPYXL, BY_SHEET, BY_SHEET_REFUSED, ["Listas", "Teléfonos"]),
    Case(
        "calc-sheets.ods",
        _office(_openpyxl(SHEETS), "ods"),
        OFFICE_MADE,
        BY_SHEET,
        BY_SHEET_REFUSED,
        ["Listas", "Teléfonos"],
    ),
    Case(
        "calc-formulas.xlsx",
        _office(_openpyxl(FORMULAS), "xlsx"),
        OFFICE_MADE,
        (row(2, "Ana Paz"),),
        (refused("formula_error", 3, "Pedido"),),
        ["De pila"],
    ),
    Case(
        "calc-formulas.ods",
        _office(_openpyxl(FORMULAS), "ods"),
        OFFICE_MADE,
        (row(2, "Ana Paz"),),
        (refused("formula_error", 3, "Pedido"),),
        ["De pila"],
    ),
    Case(
        "never-calculated.xlsx",
        _openpyxl(FORMULAS),
        OPENPYXL,
        (),
        (refused("field_missing", 2, "Nombre completo"), refused("field_missing", 3, "Nombre completo")),
        ["C2, C3, D3", "De pila"],
    ),
    Case(
        "two-row-header.xlsx",
        _openpyxl("""
            sheet.append(["Nombre", "Dónde", "", "Pedido"])
            sheet.append(["", "Calle", "Provincia", ""])
            sheet.append(["Ana", "Mitre 1", "Salta", "bici"])
            for cells in ("A1:A2", "B1:C1", "D1:D2"):
                sheet.merge_cells(cells)
        """),
        OPENPYXL,
        (row(3, "Ana", fields={"nombre": "Ana", "provincia": "Salta", "pedidoNocheMagica": "bici"}),),
        (),
        ["Calle"],
    ),
    Case(
        "far-away-cell.xlsx",
        _openpyxl("""
            sheet.append(["Nombre", "Pedido"])
            sheet.append(["Ana", "bici"])
            sheet["XFD1048576"] = " "
            sheet.cell(500_000, 1).number_format = "0.00"
        """),
        OPENPYXL,
        (row(2, "Ana"),),
    ),
    Case(
        "remark-beside.xlsx",
        _openpyxl("""
            sheet.append([None, None, None, None])
            sheet.append([None, "Nombre", None, "Pedido"])
            sheet.append([None, "Ana", None, "bici", None, "llamar a la mamá"])
            sheet.append([None, "Leo", None, "tren"])
        """),
        OPENPYXL,
        (row(3, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "bici"}), row(4, "Leo")),
        (),
        ["(F)"],
    ),
    Case(
        "rich-text.xlsx",
        _xlsxwriter("""
            bold = book.add_format({"bold": True})
            sheet.write_row(0, 0, ["NOMBRE ", "mensaje"])
            sheet.write_rich_string(1, 0, "So", bold, "fí", "a")
            sheet.write_string(1, 1, "Hola, Sofía.\\nChau.")
            sheet.write_comment(1, 0, "Nombre raro")
            sheet.add_table(0, 0, 1, 1, {"columns": [{"header": "NOMBRE "}, {"header": "mensaje"}]})
        """),
        XLSXWRITER,
        (row(2, "Sofía", script="Hola, Sofía.\nChau."),),
    ),
    Case(
        "constant-memory.xlsx",
        lambda shop: shop.script(
            "import xlsxwriter\nbook = xlsxwriter.Workbook(path, {'constant_memory': True})\n"
            "sheet = book.add_worksheet()\nsheet.write_row(0, 0, ['Nombre', 'Pedido'])\n"
            "sheet.write_row(1, 0, ['Ana', 'bici'])\n"
            "sheet.write_row(2, 0, ['Ñandú', 'a'])\nsheet.set_row(1, None, None, {'hidden': True})\nbook.close()",
            "book.xlsx",
        ),
        XLSXWRITER,
        (row(2, "Ana"), row(3, "Ñandú")),
    ),
    Case(
        "pandas.xlsx",
        lambda shop: shop.script(
            "import pandas as pd\npd.DataFrame({'nombre': ['Ana', 'Leo'], 'edad': [5.0, None], 'nacimiento': "
            "pd.to_datetime(['2020-01-31', None])}).to_excel(path)",
            "book.xlsx",
        ),
        "pandas",
        (row(2, "Ana"), row(3, "Leo")),
        (),
        ["edad, nacimiento"],
    ),
    Case("calc-old.xls", _office(_openpyxl(SHEETS), "xls"), OFFICE_MADE, (), (refused("format_old"),)),
    Case("calc-macros.xlsm", _office(_openpyxl(MERGED), "xlsm:Calc MS Excel 2007 VBA XML"), OFFICE_MADE, PLACES),
    Case("calc-page.html", _office(_openpyxl(MERGED), "html"), OFFICE_MADE, (), (refused("format_old"),)),
    Case(
        "password.xlsx",
        lambda shop: shop.script(
            "import io, openpyxl, msoffcrypto.format.ooxml as ooxml\nplain = io.BytesIO()\nbook = openpyxl.Workbook()\n"
            "book.active.append(['Nombre'])\nbook.save(plain)\n"
            "with open(path, 'wb') as locked:\n    ooxml.OOXMLFile(plain).encrypt('trineo', locked)",
            "book.xlsx",
        ),
        "msoffcrypto-tool, as Excel does",
        (),
        (refused("file_encrypted"),),
    ),
    Case(
        "calc-windows.csv",
        _office(_openpyxl(MERGED), "csv:Text - txt - csv (StarCalc):59,34,1,1"),
        OFFICE_MADE,
        (
            row(4, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "bici", "provincia": "Salta"}),
            row(5, "Leo", fields={"nombre": "Leo", "pedidoNocheMagica": "tren"}),
            row(6, "Eva", fields={"nombre": "Eva", "pedidoNocheMagica": "libro", "provincia": "Jujuy"}),
        ),
    ),
    Case(
        "Carta a Ana.docx",
        _docx("""
            letter.add_heading("¡Hola, Ana!", 1)
            text = letter.add_paragraph("Fuiste ")
            text.add_run("muy").bold = True
            text.add_run(" valiente.")
            letter.add_paragraph("")
            letter.add_paragraph("Te espero.")
            letter.sections[0].header.paragraphs[0].text = "Estudio"
        """),
        DOCX,
        (row(1, "Carta a Ana", script="¡Hola, Ana!\nFuiste muy valiente.\n\nTe espero."),),
    ),
    Case(
        "class.docx",
        _docx("""
            letter.add_paragraph("Lista de la sala")
            table = letter.add_table(rows=0, cols=3)
            for cells in (("Nombre", "Pedido", "Provincia"), ("Ana", "bici", "Salta"), ("Leo", "tren", "")):
                for cell, text in zip(table.add_row().cells, cells):
                    cell.text = text
            table.cell(1, 2).merge(table.cell(2, 2))
        """),
        DOCX,
        (
            row(2, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "bici", "provincia": "Salta"}),
            row(3, "Leo", fields={"nombre": "Leo", "pedidoNocheMagica": "tren", "provincia": "Salta"}),
        ),
        (),
        ["around it"],
    ),
    Case(
        "Olivia.docx",
        _written(
            "<p>Nombre: Olivia Ríos</p><p>Idioma: inglés</p><p></p><h1>Hello, Olivia!</h1><p>See you<br>soon.</p>",
            "docx",
        ),
        OFFICE_MADE,
        (row(1, "Olivia Ríos", language="en", script="Hello, Olivia!\nSee you\nsoon."),),
    ),
    Case("writer-table.docx", _written(TABLE, "docx"), OFFICE_MADE, IN_WORD, (), ["around it"]),
    Case(
        "writer-form.docx",
        _written(FORM, "docx"),
        OFFICE_MADE,
        (row(1, "Ana Paz", script="Hola, Ana. Te espero."),),
        (),
        ["around it"],
    ),
    Case("writer-old.doc", _written(TABLE, "doc"), OFFICE_MADE, (), (refused("format_old"),)),
    Case("writer.odt", _written(TABLE, "odt"), OFFICE_MADE, (), (refused("format_old"),)),
    Case("writer.rtf", _written(TABLE, "rtf"), OFFICE_MADE, (), (refused("format_old"),)),
    Case("writer.pdf", _written(TABLE, "pdf"), OFFICE_MADE, (), (refused("format_old"),)),
)
