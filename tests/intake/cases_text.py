"""Text: delimited files, letters, JSON, in the encodings and habits they come in."""

from __future__ import annotations

import codecs
import json

from tests.intake.cases import Case, Making, refused, row

HAND = "by hand"
PANDAS = "pandas"


def _text(text: str, encoding: str = "utf-8", *, bom: bytes = b"") -> Making:
    return lambda _: bom + text.encode(encoding)


def _pandas(code: str, name: str) -> Making:
    head = (
        "import pandas as pd\nrows = pd.DataFrame({'Nombre': ['Sofía', 'Iñaki'], 'Pedido': ['una bici, roja', None]})\n"
    )
    return lambda shop: shop.script(head + code, name)


ES = (
    "Nombre;Qué hizo;Pedido;Provincia\r\n"
    "Sofía;ordenó su pieza;una bici, roja;Córdoba\r\n"
    "Iñaki;aprendió a nadar;;Jujuy\r\n"
)
SOFIA = {"nombre": "Sofía", "queHizo": "ordenó su pieza", "pedidoNocheMagica": "una bici, roja", "provincia": "Córdoba"}
INAKI = {"nombre": "Iñaki", "queHizo": "aprendió a nadar", "provincia": "Jujuy"}
BOTH = (row(2, "Sofía", fields=SOFIA), row(3, "Iñaki", fields=INAKI))

TEXTS = (
    Case(
        "excel-es-ansi.csv",
        _text(ES, "cp1252"),
        "Excel's “CSV (delimitado por comas)”, by hand",
        BOTH,
        (),
        ["Windows-1252"],
    ),
    Case("excel-es-utf8.csv", _text(ES, bom=codecs.BOM_UTF8), "Excel's “CSV UTF-8”, by hand", BOTH),
    Case(
        "excel-mac-2011.csv",
        _text(ES.replace("\r\n", "\r"), "mac_roman"),
        "Excel 2011 for Mac, by hand",
        BOTH,
        (),
        ["Mac Roman"],
    ),
    Case(
        "excel-unicode-text.tsv",
        _text(ES.replace(";", "\t"), "utf-16-le", bom=codecs.BOM_UTF16_LE),
        "Excel's “Unicode text”, by hand",
        BOTH,
    ),
    Case("utf16-without-mark.csv", _text(ES, "utf-16-be"), HAND, BOTH),
    Case(
        "decimal-commas.csv",
        _text("Nombre;Altura;Pedido;Edad\nAna;1,10;un auto de 2,5 kg;5\nLeo;1,25;1,5 kg de caramelos;7,5\n"),
        HAND,
        (
            row(2, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "un auto de 2,5 kg"}),
            row(3, "Leo", fields={"nombre": "Leo", "pedidoNocheMagica": "1,5 kg de caramelos"}),
        ),
        (),
        ["Altura, Edad"],
    ),
    Case(
        "google-forms.csv",
        _text(
            '"Marca temporal","¿Cuál es el nombre del niño o niña?","Nombre completo",'
            '"¿Qué le pide a Papá Noel? (pedido)","Idioma"\n'
            '"2026/12/01 10:15:22 a. m. GMT-3","Bauti","Bautista Ríos","un ""dron"", o dos","Español"\n'
            '"2026/12/01 11:02:10 a. m. GMT-3","Amelie","Amelie Roux","a telescope\nand a map","Inglés"\n'
        ),
        "Google Forms' export, by hand",
        (
            row(2, "Bautista Ríos", language="es", fields={"nombre": "Bautista Ríos"}),
            row(3, "Amelie Roux", language="en", fields={"nombre": "Amelie Roux"}),
        ),
        (),
        ["Did you mean"],
    ),
    Case(
        "title-rows.csv",
        _text(
            "Pedidos de Navidad;;\n;;\nActualizado: 3/12;;\nNombre;Pedido;Provincia\nAna;bici;Salta\n;;\nTotal: 1;;\n"
        ),
        HAND,
        (row(5, "Ana"), row(7, "Total: 1")),
    ),
    Case(
        "repeated-header.csv",
        _text("Nombre,Pedido\nAna,bici\nNombre,Pedido\nLeo,tren\n"),
        "two exports one below the other, by hand",
        (row(2, "Ana"), row(4, "Leo")),
    ),
    Case(
        "numbered-beforehand.csv",
        _text("N°;Nombre;Pedido\n1;Ana;bici\n2;;\n3;Leo;tren\n4;;\n5;;\n"),
        HAND,
        (row(2, "Ana"), row(4, "Leo")),
        (),
        ["N°"],
    ),
    Case(
        "portuguese.csv",
        _text("Nome da Criança;O que fez;Presente;Cidade;Língua\nJoão;ajudou a avó;um pião;Porto Alegre;Espanhol\n"),
        HAND,
        (
            row(
                2,
                "João",
                language="es",
                fields={
                    "nombre": "João",
                    "queHizo": "ajudou a avó",
                    "pedidoNocheMagica": "um pião",
                    "provincia": "Porto Alegre",
                },
            ),
        ),
    ),
    Case(
        "english.tsv",
        _text(
            "Child's Name\tWhat they did\tSpecial Memory\tWish List\tTown\tLanguage\n"
            "Zoë-Lou\thelped\tthe lake\ta kite\tYork\ten-GB\n"
        ),
        HAND,
        (
            row(
                2,
                "Zoë-Lou",
                language="en",
                fields={
                    "nombre": "Zoë-Lou",
                    "queHizo": "helped",
                    "recuerdoEspecial": "the lake",
                    "pedidoNocheMagica": "a kite",
                    "provincia": "York",
                },
            ),
        ),
    ),
    Case(
        "names-of-the-world.csv",
        _text("nombre\nJosé María\nO'Neill\nZoë-Lou\nŁukasz\n美咲\nأحمد\nNgọc Ánh\nWłodzimierz\nÞórdís\nעדי\n"),
        HAND,
        tuple(
            row(number, name)
            for number, name in enumerate(
                (
                    "José María",
                    "O'Neill",
                    "Zoë-Lou",
                    "Łukasz",
                    "美咲",
                    "أحمد",
                    "Ngọc Ánh",
                    "Włodzimierz",
                    "Þórdís",
                    "עדי",
                ),
                2,
            )
        ),
    ),
    Case(
        "broken-accents.csv",
        _text("nombre;pedido\nSofÃ­a;una muÃ±eca de pap\u00c3\u00a1\nBego�a;un libro\n"),
        "read as cp1252 and saved as UTF-8 by somebody before, by hand",
        (
            row(
                2,
                "Sofía",
                warnings=["accents_mended", "accents_mended"],
                fields={
                    "nombre": "Sofía",
                    "pedidoNocheMagica": "una muñeca de papá",
                },
            ),
            row(3, "Bego�a", warnings=["letters_lost"]),
        ),
    ),
    Case(
        "web-editor.csv",
        _text(
            'nombre,mensaje\n"<b>Ana</b>","<p>Hola, Ana.</p><p>Te quiero &amp; te espero.<br/>Chau</p>"\n'
            'Leo,"<speak>Hola <break time=""1s""/>Leo</speak>"\nEva,"2 < 3 y 5 > 4, <3"\n'
        ),
        "a web form's editor, by hand",
        (
            row(
                2,
                "Ana",
                script="Hola, Ana.\nTe quiero & te espero.\nChau",
                warnings=["markup_removed", "markup_removed"],
            ),
            row(3, "Leo", script="Hola\nLeo", warnings=["markup_removed"]),
            row(4, "Eva", script="2 < 3 y 5 > 4, <3"),
        ),
    ),
    Case(
        "unfilled-places.csv",
        _text(
            "nombre;mensaje\nAna;Hola {nombre}\n{{child_name}};Hola\nLeo;Hola «Nombre», chau\n"
            "Eva;Me gusta [mucho] el 100% y %vos%\n"
        ),
        "a mail merge that didn't merge, by hand",
        (row(5, "Eva"),),
        (
            refused("placeholder", 2, "mensaje"),
            refused("placeholder", 3, "nombre"),
            refused("placeholder", 4, "mensaje"),
        ),
    ),
    Case(
        "control-characters.csv",
        _text("nombre,pedido\nAn\u202ea,bi\x07ci\nLe\u200bo,un\u00a0tren\n"),
        HAND,
        (
            row(2, "Ana", warnings=["characters_removed", "characters_removed"]),
            row(3, "Leo", fields={"nombre": "Leo", "pedidoNocheMagica": "un tren"}),
        ),
    ),
    Case(
        "twice.csv",
        _text("nombre,provincia,pedido\nSofía,Salta,bici\nSOFIA,Salta,tren\nSofía,Jujuy,tren\nSofía,,libro\n"),
        HAND,
        (
            row(2, "Sofía"),
            row(3, "SOFIA", warnings=["same_child"]),
            row(4, "Sofía"),
            row(5, "Sofía", warnings=["same_child"]),
        ),
    ),
    Case(
        "errors-as-text.csv",
        _text("nombre,pedido\n#N/A,bici\nAna,#¡REF!\nLeo,####\nEva,#1 en todo\n"),
        HAND,
        (row(5, "Eva"),),
        (
            refused("formula_error", 2, "nombre"),
            refused("formula_error", 3, "pedido"),
            refused("formula_error", 4, "pedido"),
        ),
    ),
    Case(
        "stray-quotes.csv",
        _text('nombre,pedido\nAna,bici\nLeo,"un tren\nEva,circo\n'),
        HAND,
        (row(2, "Ana"), row(4, "Eva")),
        (refused("quotes_unpaired", 3),),
    ),
    Case("pandas.csv", _pandas("rows.to_csv(path, index=False)", "x.csv"), PANDAS, (row(2, "Sofía"), row(3, "Iñaki"))),
    Case(
        "pandas-with-index.tsv",
        _pandas("rows.to_csv(path, sep='\\t')", "x.tsv"),
        PANDAS,
        (row(2, "Sofía", fields={"nombre": "Sofía", "pedidoNocheMagica": "una bici, roja"}), row(3, "Iñaki")),
        (),
        ["(A)"],
    ),
    Case(
        "pandas-records.json",
        _pandas("rows.to_json(path, orient='records')", "x.json"),
        PANDAS,
        (row(2, "Sofía", fields={"nombre": "Sofía", "pedidoNocheMagica": "una bici, roja"}), row(3, "Iñaki")),
    ),
    Case(
        "pandas-lines.jsonl",
        _pandas("rows.to_json(path, orient='records', lines=True, force_ascii=False)", "x.jsonl"),
        PANDAS,
        (row(1, "Sofía"), row(2, "Iñaki")),
    ),
    Case(
        "web-form.json",
        _text(
            json.dumps(
                {
                    "meta": {"page": 1},
                    "data": {
                        "responses": [
                            {
                                "id": 17,
                                "child": {"name": "Ana", "age": 7},
                                "pedido": ["una bici", "un tren"],
                                "ok": True,
                            },
                            {"id": 18, "child": {"name": "Leo"}, "pedido": None},
                            {"id": 19, "child": {"age": 4}, "pedido": "un libro"},
                        ]
                    },
                },
                ensure_ascii=False,
                indent=2,
            )
        ),
        HAND,
        (row(2, "Ana", fields={"nombre": "Ana", "pedidoNocheMagica": "una bici, un tren"}), row(3, "Leo")),
        (refused("field_missing", 4, "child name"),),
        ["not used"],
    ),
    Case(
        "broken-line.jsonl",
        _text('{"nombre": "Ana"}\n{"nombre": "Leo"\n[1]\n\n{"nombre": "Eva", "edad": 1.10}\n'),
        HAND,
        (row(1, "Ana"), row(5, "Eva")),
        (refused("json_broken", 2), refused("json_shape", 3)),
        ["edad"],
    ),
    Case("cut-off.json", _text('[{"nombre": "Ana"}, {"nombre": "Le'), HAND, (), (refused("json_broken"),)),
    Case(
        "letter-with-fields.txt",
        _text(
            "Nombre: Sofía Paz\r\nIdioma: español\r\nProvincia: Salta\r\n\r\n¡Hola, Sofía!\r\nTe mando un abrazo.\r\n",
            "cp1252",
        ),
        "Windows' Notepad, by hand",
        (row(1, "Sofía Paz", language="es", script="¡Hola, Sofía!\nTe mando un abrazo."),),
        (),
        ["Windows-1252"],
    ),
    Case(
        "03_Martín Sosa.txt",
        _text("Querido Martín: ¡qué año!"),
        HAND,
        (row(1, "Martín Sosa", script="Querido Martín: ¡qué año!"),),
    ),
    Case(
        "Carta de Olivia.md",
        _text(
            "---\nnombre: Olivia\nidioma: es\n---\n# ¡Hola, Olivia!\n\n"
            "- Fuiste **muy** valiente.\n- Y _buena_ con [tu abuela](https://example.org).\n\n***\n\n> Chau\n"
        ),
        HAND,
        (row(1, "Olivia", script="¡Hola, Olivia!\n\nFuiste muy valiente.\nY buena con tu abuela.\n\nChau"),),
    ),
    Case("table-in-text.txt", _text("nombre\tpedido\nAna\tbici\n"), HAND, (), (refused("table_in_text", 1),)),
    Case(
        "no-names.csv",
        _text("Pedido;Provinsia\nbici;Salta\n"),
        HAND,
        (),
        (refused("name_column_missing"),),
        ["Provinsia → provincia"],
    ),
    Case(
        "web-page.xls",
        _text("<html><body><table><tr><td>Nombre</td></tr></table></body></html>"),
        "a web shop's “Excel” export, by hand",
        (),
        (refused("format_old"),),
    ),
    Case("really-text.xlsx", _text(ES), "a CSV that somebody renamed, by hand", BOTH),
)
