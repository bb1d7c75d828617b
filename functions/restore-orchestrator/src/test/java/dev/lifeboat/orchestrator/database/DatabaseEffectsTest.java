package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.StepResults.FinishProgress;
import dev.lifeboat.orchestrator.database.StepResults.LeaseTaken;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the steps to the tables of docs/effects.md, to which the explorer's models are held too; on a real PostgreSQL. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class DatabaseEffectsTest {
    private static final String BACKUP = "recent/backup_20261123_030000";
    private static final String SOURCE = "effects_source";
    private static final String LIVE = "effects";
    private static final String DRILL = "effects_drill";
    /** An assessment opens what is larger than an empty database by more than 2 MiB: the rest it takes for empty. */
    private static final String DAMAGE =
            "TRUNCATE messages, users CASCADE; INSERT INTO users VALUES (1, 'after the disaster');"
                    + " CREATE TABLE padding AS SELECT repeat(md5(i::text), 32) AS text FROM generate_series(1, 4000) i";

    private static final Map<String, String> USUAL = Map.of(
            "target", "live",
            "live", "absent",
            "door", "open",
            "quarantine", "none",
            "restore", "none",
            "fence", "none",
            "swap", "none");

    private static RealPostgres postgres;
    private static RecoveryBench bench;
    private static int executions;

    private Target target;
    private String database;
    private RecoveryScope ours;
    private List<Integer> shards;
    private String plan = "recoveries/incident-1/plan-recent-backup_20261123_030000.json";

    static List<Effect> effects() {
        return Effect.of(Path.of(System.getProperty("lifeboat.root")), "Databases");
    }

    @BeforeAll
    static void backUp(RealPostgres server, S3MockServer s3) {
        postgres = server;
        bench = new RecoveryBench(server, s3);
        run("postgres", "CREATE DATABASE " + LIVE);
        run(LIVE, RecoveryBench.SCHEMA);
        bench.backUp(LIVE, BACKUP);
        run("postgres", "ALTER DATABASE " + LIVE + " RENAME TO " + SOURCE);
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        effect.hold(USUAL, this::facts, () -> act(effect.step()));
    }

    private void act(String step) {
        switch (step) {
            case "restore-shard" -> load();
            case "finish" -> finish();
            default -> bench.call(request(step));
        }
    }

    private DatabaseRequest request(String step) {
        return switch (step) {
            case "prepare" -> new DatabaseRequest.Prepare(ours, plan);
            case "cut-over" -> new DatabaseRequest.CutOver(ours, plan);
            case "undo" -> new DatabaseRequest.Undo(ours, plan);
            case "reopen-live" -> new DatabaseRequest.ReopenLive(ours);
            case "assess" -> new DatabaseRequest.Assess(ours);
            case "drop-scratch" -> new DatabaseRequest.DropScratch(ours);
            default -> throw new IllegalArgumentException("No request for " + step);
        };
    }

    /** Brings the target to what the row finds, by the steps themselves where one of them does it. */
    private void bring(Effect effect) {
        clear();
        boolean drill = effect.found("target", "live").equals("drill");
        database = drill ? DRILL : LIVE;
        target = drill ? TestTargets.drill(DRILL, LIVE) : TestTargets.live(LIVE);
        String live = effect.found("live", "absent");
        boolean swapped = effect.found("swap", "none").equals("ours");
        create(swapped ? effect.found("quarantine", "absent").replace("none", "absent") : live);
        if (effect.found("restore", "none").equals("older")) {
            RecoveryScope older = lease();
            bench.call(new DatabaseRequest.Prepare(older, planned(older)));
        }
        ours = lease();
        plan = planned(ours);
        String restore = effect.found("restore", "none");
        boolean prepared = swapped || List.of("prepared", "loaded", "finished").contains(restore);
        if (prepared) {
            bench.call(new DatabaseRequest.Prepare(ours, plan));
        }
        if (prepared && !restore.equals("prepared")) {
            load();
        }
        if (swapped || restore.equals("finished")) {
            finish();
        }
        if (swapped) {
            bench.call(new DatabaseRequest.CutOver(ours, plan));
        }
        boolean fenced = effect.found("fence", "none").equals("ours");
        if (fenced && !prepared) {
            bench.call(new DatabaseRequest.Prepare(ours, plan));
            dropRestore();
        }
        boolean closedByPrepare = live.equals("empty") && prepared;
        if (effect.found("door", "open").equals("closed") && !closedByPrepare) {
            closeByASwapThatFails();
        }
        if (effect.found("fence", "none").equals("newer")) {
            bench.call(new DatabaseRequest.Assess(lease()));
        }
    }

    private static void clear() {
        run("postgres", "DROP SCHEMA IF EXISTS lifeboat CASCADE");
        for (String name : bench.databases()) {
            if (name.startsWith(LIVE) && !name.equals(SOURCE)) {
                run("postgres", "DROP DATABASE \"" + name + "\" WITH (FORCE)");
            }
        }
    }

    private void create(String holds) {
        switch (holds) {
            case "absent" -> {}
            case "empty" -> run("postgres", "CREATE DATABASE " + database);
            case "damaged" -> {
                run("postgres", "CREATE DATABASE " + database + " TEMPLATE " + SOURCE);
                run(database, DAMAGE);
            }
            default -> throw new IllegalArgumentException("No way to " + holds);
        }
    }

    /** Of an execution that comes after all before it. */
    private RecoveryScope lease() {
        bench.closed.add("execution-" + executions++);
        LeaseTaken taken = bench.call(
                new DatabaseRequest.AcquireLease("incident-1", target, "execution-" + executions, null),
                LeaseTaken.class);
        return new RecoveryScope("incident-1", target, taken.token());
    }

    private String planned(RecoveryScope scope) {
        PlanReference reference = bench.call(new DatabaseRequest.Plan(scope, BACKUP), PlanReference.class);
        shards = reference.shards();
        return reference.planKey();
    }

    private void load() {
        shards.forEach(shard -> bench.call(new DatabaseRequest.RestoreShard(ours, plan, shard)));
    }

    private void finish() {
        while (!bench.call(new DatabaseRequest.Finish(ours, plan), FinishProgress.class)
                .finished()) {
            // The next slice.
        }
    }

    /** The swap closes the live database in a transaction of its own, and then cannot rename it. */
    private void closeByASwapThatFails() {
        run("postgres", "ALTER TABLE lifeboat.swap ADD CONSTRAINT refused CHECK (false)");
        assertThatThrownBy(() -> bench.call(new DatabaseRequest.CutOver(ours, plan)));
        run("postgres", "ALTER TABLE lifeboat.swap DROP CONSTRAINT refused");
    }

    private void dropRestore() {
        bench.databases().stream()
                .filter(RestoreDatabaseName.pattern(database).asMatchPredicate())
                .forEach(name -> run("postgres", "DROP DATABASE \"" + name + "\""));
    }

    private Map<String, String> facts() {
        List<String> databases = bench.databases();
        Map<String, String> facts = new TreeMap<>();
        facts.put("target", target.purpose() == Target.Purpose.DRILL ? "drill" : "live");
        facts.put("live", databases.contains(database) ? holds(database) : "absent");
        facts.put("door", databases.contains(database) && !admits(database) ? "closed" : "open");
        facts.put(
                "quarantine",
                databases.stream()
                        .filter(name -> name.startsWith(database + "_quarantine"))
                        .map(DatabaseEffectsTest::holds)
                        .filter(holds -> !holds.equals("empty"))
                        .findFirst()
                        .orElse("none"));
        facts.put(
                "restore",
                databases.stream()
                        .filter(RestoreDatabaseName.pattern(database).asMatchPredicate())
                        .map(this::restore)
                        .findFirst()
                        .orElse("none"));
        facts.put("fence", notes() ? fence() : "none");
        facts.put("swap", notes() && !swaps().isEmpty() ? "ours" : "none");
        return Effect.unusual(facts, USUAL);
    }

    private String restore(String name) {
        if (!name.contains("_restore_" + ours.token() + "_")) {
            return "older";
        }
        if (!holds(name).equals("restored")) {
            return "prepared";
        }
        boolean constrained = open(
                name,
                () -> ask(name, "SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'users'::regclass)")
                        .equals("t"));
        return constrained ? "finished" : "loaded";
    }

    private String fence() {
        String token = ask("postgres", "SELECT token FROM lifeboat.fence WHERE target = '" + target.name() + "'");
        if (token.isEmpty()) {
            return "none";
        }
        int compared = Long.compare(Long.parseLong(token), ours.token());
        return compared == 0 ? "ours" : compared < 0 ? "older" : "newer";
    }

    private static boolean notes() {
        return ask("postgres", "SELECT to_regclass('lifeboat.fence') IS NOT NULL")
                .equals("t");
    }

    private static String swaps() {
        return ask("postgres", "SELECT incident FROM lifeboat.swap WHERE undone_at IS NULL");
    }

    private static boolean admits(String name) {
        return ask("postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + name + "'")
                .equals("t");
    }

    private static String holds(String name) {
        return open(name, () -> {
            if (!ask(name, "SELECT to_regclass('users') IS NOT NULL").equals("t")) {
                return "empty";
            }
            return switch (ask(name, "SELECT count(*) FROM users")) {
                case "0" -> "no rows";
                case "1" -> "damaged";
                case "200" -> "restored";
                default -> throw new AssertionError("Half of " + name);
            };
        });
    }

    /** Of one that admits nobody too: it does so for that moment. */
    private static <T> T open(String name, Supplier<T> look) {
        boolean closed = !admits(name);
        if (closed) {
            run("postgres", "ALTER DATABASE \"" + name + "\" ALLOW_CONNECTIONS true");
        }
        try {
            return look.get();
        } finally {
            if (closed) {
                run("postgres", "ALTER DATABASE \"" + name + "\" ALLOW_CONNECTIONS false");
            }
        }
    }

    private static String ask(String name, String query) {
        return postgres.run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command=" + query, name)
                .orFail()
                .output()
                .strip();
    }

    private static void run(String name, String sql) {
        postgres.psql(name, sql).orFail();
    }
}
