"""Opens a workbook in LibreOffice, changes assumptions by their names, and writes what the sheets
then say: a line a row, "sheet<TAB>cell<TAB>…", figures exactly as they are held.

usage: recalculate.py BOOK PROFILE_FOLDER OUT [NAME=VALUE | SHEET!CELL=VALUE]...
"""

import subprocess
import sys
import time
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.FormulaResult import VALUE as RESULT_VALUE
from com.sun.star.table.CellContentType import EMPTY, FORMULA, VALUE


def connect(profile):
    pipe = "microscope%d" % time.monotonic_ns()
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
         "-env:UserInstallation=file://" + profile, "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            return office, resolver.resolve(
                "uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            if office.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def hidden(name, value):
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item


def said(cell):
    if cell.Type == EMPTY:
        return ""
    if cell.Type == FORMULA and cell.getError():
        return "#ERROR %d" % cell.getError()
    if cell.Type == VALUE or (cell.Type == FORMULA and cell.FormulaResultType2 == RESULT_VALUE):
        return repr(cell.Value)
    return cell.String.replace("\t", " ").replace("\n", " ")


def change(book, what):
    name, value = what.split("=", 1)
    if "!" in name:
        sheet, place = name.split("!")
        cell = book.Sheets.getByName(sheet).getCellRangeByName(place)
    else:
        cell = book.NamedRanges.getByName(name).getReferredCells()
    cell.getCellByPosition(0, 0).setValue(float(value))


def write(book, out):
    for sheet in book.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        for row in range(end.EndRow + 1):
            cells = [said(sheet.getCellByPosition(i, row)) for i in range(end.EndColumn + 1)]
            out.write("\t".join([sheet.Name] + cells) + "\n")


def main(source, profile, target, *changes):
    office, context = connect(profile)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context)
    try:
        book = desktop.loadComponentFromURL(
            "file://" + source, "_blank", 0, (hidden("Hidden", True),))
        for what in changes:
            change(book, what)
        book.calculateAll()
        with open(target, "w", encoding="utf-8") as out:
            write(book, out)
        book.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # the way it says goodbye
            pass
        office.wait(60)


main(*sys.argv[1:])
