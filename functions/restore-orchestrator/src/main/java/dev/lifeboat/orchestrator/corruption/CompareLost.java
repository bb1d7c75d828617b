package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.pointintime.FormerSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Compares the corrupt database, to which nobody writes any more, with the restored one, and puts the rows that differ into the bucket, which
 * encrypts them as all else: they are the user's data, and stand in no log. It changes neither database, and the same again writes the
 * same objects. Tables and what is of them are bounded by a time and by a size; what was left out for that is said.
 */
public final class CompareLost {
    /** Of one table; what has more is a table that somebody emptied or filled, which its number of rows tells as well. */
    static final long TABLE_BYTES = 64L << 20;
    /** Of all tables together. */
    static final long ALL_BYTES = 512L << 20;

    private static final Logger LOG = Logger.getLogger(CompareLost.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** What texts of rows depend on; as for the fingerprints of a backup, and no schema is left out of a name. */
    private static final List<String> SETTINGS = List.of(
            "SET search_path = ''",
            "SET row_security = off",
            "SET DateStyle = 'ISO, MDY'",
            "SET IntervalStyle = 'postgres'",
            "SET TimeZone = 'UTC'",
            "SET extra_float_digits = 3",
            "SET bytea_output = 'hex'",
            "SET lc_monetary = 'C'",
            "SET xmloption = 'content'");

    private final S3Client s3;
    private final String bucket;
    private final Clock clock;

    /** @param s3 stays the caller's, who closes it */
    public CompareLost(S3Client s3, String bucket, Clock clock) {
        this.s3 = s3;
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * @param lost the corrupt one's administrator
     * @param restored the restored one's
     * @param nextXid the first transaction that the restored one did not have when it was promoted
     * @param limit for all of it; what was not compared by then is said, and not missing in silence
     * @throws DatabaseUnavailableException when one of them does not answer
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not take what differs
     */
    public LostRows compare(
            RecoveryScope scope, PostgresLogin lost, PostgresLogin restored, long nextXid, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        String database = scope.target().database();
        try (Connection left = open(lost, database, limit);
                Connection right = open(restored, database, limit)) {
            LostRows found = new Comparing(scope.incident(), left, right, nextXid, deadline).run();
            put(key(scope.incident()), "application/json", Json.write(found));
            LOG.infof(
                    "%d rows differ in %d tables, %d tables are the same",
                    found.changed(), found.tables().size(), found.same());
            return found;
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(
                    "What is lost cannot be compared: " + SqlState.describe(e) + ".",
                    "The quarantine keeps it: compare by hand, or ask again.",
                    e);
        }
    }

    /** Where an incident's comparison lies. */
    static String key(String incident) {
        return BucketLayout.recovery(incident, "lost.json");
    }

    private static Connection open(PostgresLogin login, String database, Duration limit) throws SQLException {
        Connection connection = login.connect(
                database, new ConnectionLimits(CONNECT, limit.plus(GRACE), limit, true, "lifeboat-compare"));
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void put(String key, String type, byte[] content) {
        try {
            s3.putObject(r -> r.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw S3Faults.translate("write s3://" + bucket + "/" + key, e);
        }
    }

    /** One comparison, from its first table to its last. */
    private final class Comparing {
        private final String incident;
        private final Connection lost;
        private final Connection restored;
        private final long nextXid;
        private final long deadline;
        private final List<LostTable> tables = new ArrayList<>();
        private int same;
        private long bytes;

        Comparing(String incident, Connection lost, Connection restored, long nextXid, long deadline) {
            this.incident = incident;
            this.lost = lost;
            this.restored = restored;
            this.nextXid = nextXid;
            this.deadline = deadline;
        }

        LostRows run() throws SQLException {
            Map<String, TableShape> left = TableShape.read(lost);
            Map<String, TableShape> right = TableShape.read(restored);
            for (String name : Stream.concat(left.keySet().stream(), right.keySet().stream())
                    .distinct()
                    .toList()) {
                LostTable table = compare(left.get(name), right.get(name));
                if (table.matters()) {
                    tables.add(table);
                } else {
                    same++;
                }
            }
            int clients = FormerSessions.count(lost);
            boolean complete = clients == 0
                    && tables.stream().allMatch(each -> each.compared() && each.exported() == each.changed());
            return new LostRows(
                    1, clock.instant(), complete, tables, same, BucketLayout.recovery(incident, "lost/"), clients);
        }

        private LostTable compare(TableShape left, TableShape right) throws SQLException {
            TableShape shape = left == null ? right : left;
            if (System.nanoTime() > deadline) {
                return LostTable.notCompared(shape.schema(), shape.name(), "The time for comparing was up.");
            }
            if (left == null || right == null) {
                return onlyOne(shape, left == null ? restored : lost, left == null);
            }
            List<String> columns = left.common(right);
            if (columns.isEmpty()) {
                return LostTable.notCompared(shape.schema(), shape.name(), "The two have no column in common.");
            }
            List<String> key =
                    left.key().equals(right.key()) && columns.containsAll(left.key()) ? left.key() : List.of();
            String note = left.columns().equals(right.columns())
                    ? null
                    : "Its columns were changed since; only those that both have were compared: "
                            + String.join(", ", columns) + ".";
            return count(
                    shape,
                    key,
                    columns,
                    note,
                    rows -> new TableComparison(lost, restored, shape.sql(), key, columns, nextXid).compare(rows));
        }

        /** A table that was made, or dropped, since. */
        private LostTable onlyOne(TableShape shape, Connection side, boolean dropped) throws SQLException {
            List<String> columns = List.copyOf(shape.columns().keySet());
            if (columns.isEmpty()) {
                return LostTable.notCompared(shape.schema(), shape.name(), "It has no column.");
            }
            TableComparison.Change change = dropped ? TableComparison.Change.DELETED : TableComparison.Change.INSERTED;
            return count(
                    shape,
                    shape.key(),
                    columns,
                    dropped ? "Only the restored database has it." : "Only the lost database has it.",
                    rows -> WholeTable.read(
                            side,
                            shape.sql(),
                            dropped ? "NOT " + TableComparison.isNew(nextXid) : "true",
                            columns,
                            values -> rows.row(change, values)));
        }

        private LostTable count(
                TableShape shape, List<String> key, List<String> columns, String note, Comparison comparison)
                throws SQLException {
            long[] counts = new long[TableComparison.Change.values().length];
            List<String> header = new ArrayList<>(List.of("lost_change"));
            header.addAll(columns);
            long most = Math.min(TABLE_BYTES, ALL_BYTES - bytes);
            try (CsvExport export = new CsvExport(header, most, (part, content) -> put(shape, part, content))) {
                comparison.compare((change, values) -> {
                    counts[List.of(TableComparison.Change.values()).indexOf(change)]++;
                    List<String> row = new ArrayList<>(List.of(change.word()));
                    row.addAll(values);
                    export.row(row);
                });
                bytes += export.bytes();
                return new LostTable(
                        shape.schema(), shape.name(), key, true, counts[0], counts[1], counts[2], export.rows(), note);
            } catch (SQLException e) {
                return notCompared(shape, e);
            }
        }

        /** A table's own trouble leaves the others; a server that is gone ends it all. */
        private LostTable notCompared(TableShape shape, SQLException e) throws SQLException {
            if (SqlState.isSilent(e)) {
                throw e;
            }
            lost.rollback();
            restored.rollback();
            return LostTable.notCompared(
                    shape.schema(), shape.name(), "It cannot be compared: " + SqlState.describe(e) + ".");
        }

        private void put(TableShape shape, int part, byte[] content) {
            CompareLost.this.put(
                    BucketLayout.lostRows(incident, shape.schema(), shape.name(), part), "text/csv", content);
        }
    }

    @FunctionalInterface
    private interface Comparison {
        void compare(TableComparison.Rows rows) throws SQLException;
    }
}
