package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.RowFingerprint;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads every restored table as pg_dump would, in the archive's column list, and compares rows and fingerprint with what the
 * backup's verification found.
 *
 * <p>Rows that were loaded through a partition root may lie in other partitions than before (that is why pg_dump does so): the
 * partitions loaded through one root are compared together, by the sum of their fingerprints, which is a fingerprint too. Where such
 * partitions have their columns in different orders, their lines can't be compared, and only rows are counted.
 */
final class TableCheck {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    private final Session session;
    private final DumpContents archive;

    TableCheck(Session session, DumpContents archive) {
        this.session = session;
        this.archive = archive;
    }

    private record Rows(long count, BigInteger fingerprint) {
        static final Rows NONE = new Rows(0, BigInteger.ZERO);

        static Rows of(long count, String fingerprint) {
            return new Rows(count, new BigInteger(fingerprint, 16));
        }

        Rows plus(Rows other) {
            return new Rows(
                    count + other.count, fingerprint.add(other.fingerprint).mod(MODULUS));
        }

        String shown() {
            return String.format(Locale.ROOT, "%032x", fingerprint);
        }
    }

    /** Entries whose rows are compared together: one, or the partitions that were loaded through one root. */
    private record Group(CopyStatement copy, List<TocEntry> entries) {
        String name() {
            return copy.fills(entries.get(0)) ? copy.table() : "The partitions loaded through " + copy.table();
        }
    }

    CheckResult compare(List<ExpectedTable> expected) {
        Map<String, ExpectedTable> byName = new LinkedHashMap<>();
        expected.forEach(table -> byName.put(Sql.identifier(table.schema(), table.name()), table));
        List<String> mismatches = new ArrayList<>();
        int tables = 0;
        long rows = 0;
        for (Group group : groups()) {
            Rows found = read(group);
            rows += found.count();
            tables += group.entries().size();
            compare(group, found, byName, mismatches);
        }
        byName.keySet().forEach(name -> mismatches.add(name + " is verified, but the archive holds no rows of it."));
        return new CheckResult(tables, rows, mismatches);
    }

    private List<Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (TocEntry entry : new RestorePasses(archive.entries()).data()) {
            if (entry.isTableData()) {
                CopyStatement copy = CopyStatement.of(entry);
                groups.computeIfAbsent(copy.table(), ignored -> new Group(copy, new ArrayList<>()))
                        .entries()
                        .add(entry);
            }
        }
        return List.copyOf(groups.values());
    }

    private void compare(Group group, Rows found, Map<String, ExpectedTable> expected, List<String> mismatches) {
        Rows wanted = Rows.NONE;
        for (TocEntry entry : group.entries()) {
            ExpectedTable table = expected.remove(Sql.identifier(entry.schema(), entry.name()));
            if (table == null) {
                mismatches.add(entry.label() + " was restored, but the verification did not count it.");
                return;
            }
            wanted = wanted.plus(Rows.of(table.rows(), table.fingerprint()));
        }
        if (wanted.count() != found.count()) {
            mismatches.add(group.name() + " has " + found.count() + " rows, expected " + wanted.count() + ".");
        } else if (isComparable(group) && !wanted.equals(found) && !wanted.equals(readAsDumped(group))) {
            mismatches.add(group.name() + " has " + wanted.count() + " rows as expected, but their fingerprint is "
                    + found.shown() + ", expected " + wanted.shown() + ".");
        }
    }

    private static boolean isComparable(Group group) {
        return group.entries().stream()
                .allMatch(entry ->
                        CopyStatement.of(entry).columns().equals(group.copy().columns()));
    }

    private Rows read(Group group) {
        SessionSettings.fixCopyText(session);
        return group.entries().stream().map(this::read).reduce(Rows.NONE, Rows::plus);
    }

    /** The same rows look otherwise when the dump was made under the role's or the database's own settings, such as a time zone. */
    private Rows readAsDumped(Group group) {
        SessionSettings.usePlainCopyText(session);
        return group.entries().stream().map(this::read).reduce(Rows.NONE, Rows::plus);
    }

    private Rows read(TocEntry entry) {
        String what = "Reading back " + entry.label();
        String sql = readStatement(entry);
        RowFingerprint fingerprint = new RowFingerprint();
        try {
            session.driver().getCopyAPI().copyOut(sql, new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    fingerprint.update(bytes, offset, length);
                }
            });
        } catch (SQLException e) {
            throw Failures.of(what, sql, e);
        } catch (OutOfMemoryError e) {
            // The driver takes a row in one piece, as the server sends it; the check of an archive and the load of its
            // rows do not.
            throw Failures.tooWide(what, e);
        } catch (IOException e) {
            throw new AssertionError("A fingerprint does no I/O", e);
        }
        return Rows.of(fingerprint.rows(), fingerprint.value());
    }

    private String readStatement(TocEntry entry) {
        String what = "Looking at " + entry.label();
        CopyStatement copy = CopyStatement.of(entry);
        String table = Sql.identifier(entry.schema(), entry.name());
        boolean ordinary = session.asks(what, "SELECT relkind = 'r' FROM pg_class WHERE oid = ?::regclass", table);
        List<String> condition = session.strings(
                what,
                "SELECT e.extcondition[array_position(e.extconfig, c.oid)] FROM pg_extension e, pg_class c"
                        + " WHERE c.oid = ?::regclass AND c.oid = ANY (e.extconfig)",
                table);
        if (ordinary && condition.isEmpty()) {
            return copy.read(table, archive.encoding());
        }
        // An extension's own rows are in none of the dumps: it says which ones are the user's.
        return copy.readQuery("ONLY " + table + " " + String.join("", condition), archive.encoding());
    }
}
