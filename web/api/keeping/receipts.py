"""Receipts of the API: the result of a search, kept, and run again."""

from corpus.store.desk.receipts import Receipt as StoredReceipt
from web.api.keeping.desk import line, search_of
from web.api.keeping.values import NewReceipt, Receipt, ReceiptRun, Receipts, Today
from web.api.operations import Call, operation
from web.desk.receipt_page import made_of, record_of, run_again, standing
from web.layout.changes import note_change, only_for_readers
from web.layout.services import current_services
from web.layout.state import State
from web.layout.who import Right


@operation("GET", "/receipts", "Receipts", gives=Receipts)
def receipts(_call: Call) -> Receipts:
    """List the receipts."""
    only_for_readers()
    return Receipts(items=[receipt_of(each) for each in current_services().store.receipts.latest()])


@operation(
    "POST", "/receipts", "Receipts", body=NewReceipt, gives=Receipt, status=201, right=Right.KEEP, refuses=(413, 415)
)
def makereceipt_of(call: Call) -> Receipt:
    """Make the receipt of a search: its articles and their order, so that a count can be checked later."""
    body: NewReceipt = call.body
    mark = made_of(search_of(body.search), line(body.purpose, "purpose"))
    note_change(f"The receipt {mark} is made.", {"kind": "receipt made", "mark": mark})
    return receipt_of(standing(mark))


@operation("GET", "/receipts/{mark}", "Receipts", gives=ReceiptRun, refuses=(404, 410))
def receipt(call: Call) -> ReceiptRun:
    """Run the search of a receipt again, and say what differs."""
    found = standing(call.path["mark"])
    record = record_of(found, run_again(found)[1])
    return ReceiptRun(**{**record, "today": Today(**record["today"])})


def receipt_of(each: StoredReceipt) -> Receipt:
    """Return a receipt as it was made."""
    return Receipt(
        mark=each.mark,
        made=each.made.isoformat(timespec="seconds"),
        who=each.who,
        purpose=each.purpose,
        query=State().url() + (f"?{each.address}" if each.address else ""),
        read_as=each.read_as,
        total=each.total,
        withdrawn=each.withdrawn.isoformat(timespec="seconds") if each.withdrawn else None,
    )
