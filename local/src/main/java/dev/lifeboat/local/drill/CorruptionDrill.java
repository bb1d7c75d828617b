package dev.lifeboat.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Corrupted data: an application writes, WAL is archived, and one transaction among all others makes rows wrong. The recovery has to find
 * just that one, keep every row that was committed before it, and say which rows are lost with all that came after it.
 */
final class CorruptionDrill implements Drill {
    private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(5);
    private static final Duration BASE_BACKUP_LIMIT = Duration.ofMinutes(10);
    private static final Duration ALARM_LIMIT = Duration.ofMinutes(15);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(20);
    private static final Duration WRITES = Duration.ofSeconds(20);
    private static final String CORRUPT_ALARM = Names.TARGET + "-data-corrupt";
    private static final String MACHINE = "RecoverCorruptionMachine";
    private static final String INVARIANT = "no conversation has a negative number of messages";
    private static final int SPOILED = 25;
    /** The conversation that the application writes to: it counts its messages, so it is another one after each. */
    private static final String WRITTEN_TO = "md5('conversation 1')::uuid";

    private static final int DELETED = 3;

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final IncidentWatch watch;

    CorruptionDrill(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        this.options = options.with("Invariants", invariants()).with("CorruptionMode", "automatic");
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
        this.watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
    }

    private static String invariants() {
        return Json.compact(List.of(Json.mapper()
                .createObjectNode()
                .put("name", INVARIANT)
                .put("sql", "SELECT NOT EXISTS (SELECT 1 FROM conversations WHERE message_count < 0)")
                .put("timeoutSeconds", 5)));
    }

    /**
     * The transaction that breaks the data.
     *
     * @param xid its number
     * @param at by the database's clock, while it was at work: the application's commits before are older than its own
     */
    private record Corruption(long xid, Instant at) {}

    @Override
    public void play() {
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            stage.verifiedBackup();
            new WalArchive(environment, console).awaitBaseBackup(BASE_BACKUP_LIMIT);
            startWatching(environment);
            Corruption corruption;
            ExecutionDescription execution;
            List<Instant> commits;
            try (Writer writer = new Writer(environment.database(), data.writeStatement())) {
                keepWriting(writer);
                corruption = corrupt(environment);
                Instant from = Instant.now();
                if (options.mode() == Mode.APPROVE) {
                    new Approver(environment.cloud()).approve(from, ALARM_LIMIT.plus(RECOVERY_LIMIT));
                }
                execution = recover(environment, corruption.at());
                commits = writer.commits();
            }
            judge(environment, stage, corruption, commits, execution);
        }
    }

    private void startWatching(DrillEnvironment environment) {
        console.running("waiting for the probe to see that the invariant holds");
        environment.cloud().enableSchedule(Names.TARGET + "-probe", true);
        Waiting.until(
                "the probe's record of a good moment",
                HEALTHY_LIMIT,
                () -> text(environment, BucketLayout.invariants(Names.TARGET))
                        .filter(record -> record.contains("lastGood"))
                        .isPresent());
        environment.cloud().evaluateAlarms(true);
        Waiting.until(
                "alarm " + CORRUPT_ALARM + " to be OK",
                HEALTHY_LIMIT,
                () -> watch.alarm(CORRUPT_ALARM) == AlarmState.OK);
        console.running("");
    }

    private void keepWriting(Writer writer) {
        console.running("the application keeps writing");
        Instant enough = Instant.now().plus(WRITES);
        Waiting.until(
                "writes",
                HEALTHY_LIMIT,
                () -> Instant.now().isAfter(enough) && writer.commits().size() > 100);
        console.running("");
        console.say(writer.commits().size() + " writes were acknowledged so far");
    }

    /** As a mistake of the application's would: one transaction, in the middle of all others. */
    private Corruption corrupt(DrillEnvironment environment) {
        try (Connection connection = environment.database().connect(Names.DATABASE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE public.conversations SET message_count = -1"
                    + " WHERE id IN (SELECT id FROM public.conversations WHERE id <> " + WRITTEN_TO
                    + " ORDER BY id LIMIT " + SPOILED + ")");
            statement.execute("DELETE FROM public.sessions"
                    + " WHERE id IN (SELECT id FROM public.sessions ORDER BY id LIMIT " + DELETED + ")");
            Corruption corruption;
            try (ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text, clock_timestamp()")) {
                row.next();
                corruption = new Corruption(
                        Long.parseLong(row.getString(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant());
            }
            connection.commit();
            watch.note("DISASTER: transaction " + corruption.xid() + " makes " + SPOILED + " rows wrong and deletes "
                    + DELETED);
            console.running("waiting for the probe and the alarm to notice");
            return corruption;
        } catch (SQLException e) {
            throw new DrillFailure("Cannot corrupt the data: " + e.getMessage(), e);
        }
    }

    private ExecutionDescription recover(DrillEnvironment environment, Instant disaster) {
        Recovery recovery = new Recovery(environment, MACHINE);
        if (!options.killEverywhere()) {
            return recovery.await(disaster, ALARM_LIMIT, RECOVERY_LIMIT);
        }
        return new InSpiteOfKills(environment, watch, checks, MACHINE)
                .await(
                        List.of("RecoverPointInTimeMachine"),
                        disaster,
                        ALARM_LIMIT,
                        RECOVERY_LIMIT,
                        List.of("AcquireLease", "NextStep", "JudgeStep", "Promote", "TakeOver", "CompareLost"));
    }

    private void judge(
            DrillEnvironment environment,
            Stage stage,
            Corruption corruption,
            List<Instant> commits,
            ExecutionDescription execution) {
        stage.checkEnd("the state machine ended well", execution);
        Optional<RecoveryReport> report = new Recovery(environment, MACHINE).report(execution);
        checks.check(
                "the data are recovered",
                report.filter(found -> found.outcome() == Outcome.RECOVERED).isPresent(),
                report.map(found -> found.outcome() + (found.failure() == null ? "" : ": " + found.failure()))
                        .orElse("no report"));
        judgeSearch(execution, corruption);
        judgeRows(environment, execution, corruption, commits);
        stage.checkHealth();
        stage.checkUnknownRequests();
        Timeline timeline = new Timeline(corruption.at(), watch.moments());
        result.write(
                report.orElse(null), List.of(new Section("Checks of the drill", checks.rows()), timeline.section()));
        console.print("\n" + timeline.text() + "\n");
        report.ifPresent(found -> console.print(Timeline.budgets(found)));
    }

    private void judgeSearch(ExecutionDescription execution, Corruption corruption) {
        JsonNode found = json(execution.output()).path("result");
        checks.check(
                "the transaction that broke the data is found exactly",
                found.path("exact").asBoolean()
                        && found.path("firstBad").path("xid").asLong() == corruption.xid(),
                found.path("steps").asInt() + " steps: " + found.path("reason").asText());
        checks.check(
                "the last good transaction is named, and older",
                found.path("lastGood").path("xid").asLong(Long.MAX_VALUE) < corruption.xid(),
                found.path("lastGood").toString());
    }

    private static Optional<String> text(DrillEnvironment environment, String key) {
        return environment.bucket().get(key).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text == null ? "{}" : text);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + text, e);
        }
    }

    private void judgeRows(
            DrillEnvironment environment,
            ExecutionDescription execution,
            Corruption corruption,
            List<Instant> commits) {
        String incident = json(execution.input()).path("incident").asText();
        Set<Instant> acknowledged = new HashSet<>(commits);
        Set<Instant> live = instants(environment);
        Set<Instant> lost = lostWrites(environment, incident);
        Set<Instant> early = acknowledged.stream()
                .filter(commit -> commit.isBefore(corruption.at()))
                .collect(Collectors.toSet());
        checks.check(
                "every row that was committed before it is kept",
                live.containsAll(early),
                early.size() + " acknowledged before it, " + missing(early, live) + " of them missing");
        Set<Instant> gone =
                acknowledged.stream().filter(commit -> !live.contains(commit)).collect(Collectors.toSet());
        // One that was committed and never acknowledged, as the server went, is lost all the same.
        long unacknowledged = missing(lost, acknowledged);
        checks.check(
                "the exported rows are exactly those that are gone",
                lost.containsAll(gone) && lost.size() - unacknowledged == gone.size() && unacknowledged <= 1,
                gone.size() + " of " + acknowledged.size() + " acknowledged writes are gone, " + lost.size()
                        + " exported, " + unacknowledged + " of them never acknowledged" + unexplained(gone, lost));
        checks.check(
                "nothing that was committed before it is among them",
                lost.stream().noneMatch(commit -> commit.isBefore(corruption.at())),
                lost.stream().min(Instant::compareTo).map(Instant::toString).orElse("none")
                        + " is the first, it came at " + corruption.at());
        judgeTables(environment, incident);
    }

    private static String unexplained(Set<Instant> gone, Set<Instant> lost) {
        List<Instant> nowhere =
                gone.stream().filter(commit -> !lost.contains(commit)).sorted().toList();
        return nowhere.isEmpty()
                ? ""
                : ", and " + nowhere.size() + " are in neither, from " + nowhere.get(0) + " to "
                        + nowhere.get(nowhere.size() - 1);
    }

    private static long missing(Set<Instant> of, Set<Instant> in) {
        return of.stream().filter(commit -> !in.contains(commit)).count();
    }

    private Set<Instant> instants(DrillEnvironment environment) {
        Set<Instant> found = new HashSet<>();
        try (Connection connection = environment.database().connect(Names.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(data.countWrites().replace("count(*)", "created_at"))) {
            while (rows.next()) {
                found.add(rows.getObject(1, OffsetDateTime.class).toInstant());
            }
            return found;
        } catch (SQLException e) {
            throw new DrillFailure("Cannot read the recovered rows: " + e.getMessage(), e);
        }
    }

    /** The times of the drill's own writes among the exported rows. */
    private static Set<Instant> lostWrites(DrillEnvironment environment, String incident) {
        Set<Instant> found = new HashSet<>();
        for (String key : environment.bucket().keys(BucketLayout.recovery(incident, "lost/public.messages/"))) {
            List<String> lines = text(environment, key).orElseThrow().lines().toList();
            int column = fields(lines.get(0)).indexOf("created_at");
            lines.stream()
                    .skip(1)
                    .filter(line -> line.startsWith("\"inserted\""))
                    .forEach(line -> found.add(
                            OffsetDateTime.parse(fields(line).get(column).replace(' ', 'T') + ":00")
                                    .toInstant()));
        }
        return found;
    }

    /** Of a line of CSV whose values have no line feed. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private void judgeTables(DrillEnvironment environment, String incident) {
        JsonNode lost = json(
                text(environment, BucketLayout.recovery(incident, "lost.json")).orElse(null));
        checks.check(
                "the report has the spoiled and the deleted rows by table",
                lost.path("complete").asBoolean()
                        // The one that the application writes to counts as new where it was written to again since.
                        && number(lost, "conversations", "updated") >= SPOILED
                        && number(lost, "conversations", "updated") + number(lost, "conversations", "inserted")
                                == SPOILED + 1
                        && number(lost, "sessions", "deleted") == DELETED,
                StreamSupport.stream(lost.path("tables").spliterator(), false)
                        .map(table -> table.path("name").asText() + ": " + table.path("inserted") + " inserted, "
                                + table.path("updated") + " updated, " + table.path("deleted") + " deleted")
                        .collect(Collectors.joining("; ")));
    }

    private static long number(JsonNode lost, String table, String field) {
        return StreamSupport.stream(lost.path("tables").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(table))
                .mapToLong(each -> each.path(field).asLong())
                .sum();
    }
}
