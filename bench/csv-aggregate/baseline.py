"""The same job in Python's csv module: newest row per WatchID, in memory."""
import csv
import sys


def rank(iteration):
    if iteration.startswith("final"):
        return 1, int(iteration[6:-1] or 0)
    return 0, int(iteration)


rows = {}
with open(sys.argv[1], newline="") as source:
    reader = csv.reader(source)
    header = next(reader)
    for row in reader:
        old = rows.get(row[0])
        if old is None or rank(row[1]) >= rank(old[1]):
            rows[row[0]] = row
with open(sys.argv[2], "w", newline="") as target:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows.values())
