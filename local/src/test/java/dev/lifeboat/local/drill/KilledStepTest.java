package dev.lifeboat.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.testsupport.AwsCommandLine;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * {@code kill -9} of the function that runs a step, for every step of the recovery and on both sides of what it does: each
 * time a real PostgreSQL is lost with its data, and the recovery from the alarm's event has to end as if nothing had been
 * killed. Which steps there are is read from the machine's definition.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KilledStepTest {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(6);
    private static final Duration CALM_LIMIT = Duration.ofMinutes(2);
    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final Duration UNMEASURED = Duration.ofMillis(300);
    private static final int ROWS = 3000;

    /**
     * For a server that hangs, for a database that only a person can decide about, for when one was asked, and for after a recovery to a
     * point in time, which is not tried where no WAL is archived: they have tests of their own.
     */
    private static final Set<String> NOT_FOR_A_LOST_DATABASE =
            Set.of("RestartPod", "ReopenLive", "ConfirmLease", "RaiseToken", "LookAfterPoint");

    private final Path root = Path.of(System.getProperty("lifeboat.root"));
    private final Path output = root.resolve("local/target/killed-steps");
    private final List<FunctionStep> steps = FunctionStep.of(root.resolve("statemachines/recover-database.asl.json"));
    /** How long each step takes in a fresh process, from its event to its answer. */
    private final Map<String, Duration> measured = new HashMap<>();

    private final DrillOptions options = new DrillOptions(
            DrillOptions.Scenario.DATABASE, ROWS, null, false, 0, 0, false, 10, Mode.AUTOMATIC, Map.of(), output);
    private final ApplicationData data = new ApplicationData(ROWS);
    private Console console;
    private IncidentWatch watch;
    private DrillEnvironment environment;
    private Backups.Backup backup;
    private DatabaseState before;

    @BeforeAll
    void start() throws IOException {
        AwsCommandLine.require();
        Files.createDirectories(output);
        console = new Console(
                new PrintWriter(Files.newBufferedWriter(output.resolve("console.txt"), StandardCharsets.UTF_8)), false);
        watch = new IncidentWatch(console, output.resolve("logs/functions"));
        environment = DrillEnvironment.start(options, data, watch, console);
        Checks checks = new Checks(console);
        Stage stage = new Stage(environment, data, console, checks);
        stage.fill();
        before = stage.state();
        backup = stage.verifiedBackup();
        assertThat(checks.failed()).isEmpty();
    }

    @AfterAll
    void stop() {
        if (environment != null) {
            environment.close();
        }
        console.close();
    }

    @AfterEach
    void calm() {
        watch.faults(invocation -> Fault.NONE);
        Waiting.until("the applications to be healthy", CALM_LIMIT, environment::healthy);
    }

    @Test
    @Order(1)
    void theSameAlarmFiveTimesAtOnceStartsOneRecovery() throws Exception {
        int answered = watch.answers("AlarmHandler");
        KillCampaign.strike(environment);
        Instant from = Instant.now();
        String event = KillCampaign.alarm(from);

        environment.cloud().publishEvent(event, 5);
        ExecutionDescription execution = end(from);
        // Whoever follows the alarm asks, too.
        Waiting.until("five answers", CALM_LIMIT, () -> watch.answers("AlarmHandler") >= answered + 5);
        int seen = watch.answers("AlarmHandler");
        environment.cloud().publishEvent(event, 1);
        Waiting.until("one more answer", CALM_LIMIT, () -> watch.answers("AlarmHandler") > seen);

        assertEndedWell(from, execution);
    }

    @Test
    @Order(2)
    void everyStepMayDieWhenItsWorkIsDoneAndItsAnswerIsLost() throws Exception {
        StepKills kills = new StepKills(steps, (step, number) -> number == 1 ? Fault.killBeforeAnswer() : Fault.NONE);

        Instant from = begin(kills);
        ExecutionDescription execution = end(from);

        StepHistory history = assertEveryStepWasKilled(kills, execution);
        assertEndedWell(from, execution);
        history.succeeded()
                .forEach((step, at) ->
                        measured.put(step, Duration.between(kills.begun().get(step), at)));
        console.say("in a fresh process: " + measured);
    }

    @Test
    @Order(3)
    void everyStepMayDieInTheMiddleOfItsWork() throws Exception {
        StepKills kills = new StepKills(steps, this::inTheMiddle);

        Instant from = begin(kills);
        ExecutionDescription execution = end(from);

        assertEveryStepWasKilled(kills, execution);
        assertEndedWell(from, execution);
    }

    @Test
    @Order(4)
    void theSwapMayDieJustBeforeItsCommit() throws Exception {
        try (SwapHold hold = new SwapHold(environment.database())) {
            CutOverTry first = new CutOverTry(hold);
            Instant from = begin(first);
            long process = first.awaitPid();
            hold.awaitSwap();

            Instant killedAt = kill(process);
            assertThat(databases()).as("not swapped").anyMatch(name -> name.contains("_restore_"));
            hold.releaseLock();
            ExecutionDescription execution = end(from);

            assertKilledOnce(execution);
            assertThat(swappedAt()).as("the second try's").isAfter(killedAt);
            assertEndedWell(from, execution);
        }
    }

    @Test
    @Order(5)
    void theSwapMayDieJustAfterItsCommit() throws Exception {
        try (SwapHold hold = new SwapHold(environment.database())) {
            CutOverTry first = new CutOverTry(hold);
            Instant from = begin(first);
            long process = first.awaitPid();
            String backend = hold.awaitSwap();
            hold.stopAfterCommit();
            hold.releaseLock();
            hold.awaitCommit(backend);

            Instant killedAt = kill(process);
            hold.releaseCommits();
            ExecutionDescription execution = end(from);

            assertKilledOnce(execution);
            assertThat(swappedAt()).as("the first try's").isBefore(killedAt);
            assertEndedWell(from, execution);
        }
    }

    @Test
    @Order(6)
    void theRestartOfAHungServersPodMayDieOnBothSides() throws Exception {
        String hung = podUid();
        try (HungServer server = HungServer.of(environment.kubernetes().claim(Names.NAMESPACE, Names.POSTGRES_CLAIM))) {
            AtomicInteger tries = new AtomicInteger();
            Instant from = Instant.now();
            watch.faults(invocation -> {
                if (!isTryOf("RestartPod", invocation)) {
                    return Fault.NONE;
                }
                // Only a server that runs can end as it is told to.
                server.goOn();
                return switch (tries.incrementAndGet()) {
                    case 1 -> Fault.killAfter(AT_ONCE);
                    case 2 -> Fault.killBeforeAnswer();
                    default -> Fault.NONE;
                };
            });
            environment.cloud().publishEvent(KillCampaign.alarm(from), 1);
            ExecutionDescription execution = end(from);

            assertThat(execution.status())
                    .as("%s: %s", execution.error(), execution.cause())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
            StepHistory history = new StepHistory(environment.cloud().history(execution.arn()));
            assertThat(history.killed()).containsOnlyKeys("RestartPod");
            assertThat(report(execution).outcome()).isEqualTo(Outcome.RECOVERED);
            assertThat(podUid()).isNotEqualTo(hung);
            assertDataIsAsBefore();
            assertLeaseIsReleased();
        }
    }

    @Test
    @Order(7)
    void theReopeningByWhoeverGivesUpMayDieOnBothSidesAndOpensNothingThatAPersonClosed() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Instant from = Instant.now();
        watch.faults(invocation -> {
            if (!isTryOf("ReopenLive", invocation)) {
                return Fault.NONE;
            }
            return switch (tries.incrementAndGet()) {
                case 1 -> Fault.killAfter(AT_ONCE);
                case 2 -> Fault.killBeforeAnswer();
                default -> Fault.NONE;
            };
        });
        // Larger than an empty one, and closed by nobody that Lifeboat knows of: a person has to decide.
        environment
                .database()
                .execute(
                        Names.DATABASE,
                        "CREATE TABLE public.large AS SELECT repeat(md5(i::text), 10) FROM generate_series(1, 20000) i");
        environment.database().execute("postgres", "ALTER DATABASE " + Names.DATABASE + " ALLOW_CONNECTIONS false");
        try {
            environment.cloud().publishEvent(KillCampaign.alarm(from), 1);
            ExecutionDescription execution = end(from);

            assertThat(execution.error()).isEqualTo("NeedsPerson");
            assertThat(new StepHistory(environment.cloud().history(execution.arn())).killed())
                    .isEqualTo(Map.of("ReopenLive", 2));
            assertThat(report(execution).outcome()).isEqualTo(Outcome.NEEDS_PERSON);
            assertThat(environment
                            .database()
                            .rows(
                                    "postgres",
                                    "SELECT datallowconn FROM pg_database WHERE datname = '" + Names.DATABASE + "'"))
                    .containsExactly("f");
        } finally {
            environment.database().execute("postgres", "ALTER DATABASE " + Names.DATABASE + " ALLOW_CONNECTIONS true");
        }
        environment.database().execute(Names.DATABASE, "DROP TABLE public.large");
        Checks checks = new Checks(console);
        Stage stage = new Stage(environment, data, console, checks);
        stage.checkRows("rows", backup);
        stage.checkState(before);
        assertThat(checks.failed()).isEmpty();
        assertLeaseIsReleased();
    }

    /** With the variables that the template gives each function, and no others: one that lacks any does not start. */
    @Test
    @Order(8)
    void everyFunctionIsReadyForARecovery() {
        Instant from = Instant.now();
        environment.cloud().fireSchedule(Names.TARGET + "-readiness");

        ExecutionDescription execution =
                new Recovery(environment, "ReadinessMachine").await(from, START_LIMIT, END_LIMIT);

        assertThat(execution.status())
                .as("%s: %s", execution.error(), execution.cause())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private String podUid() {
        return environment
                .kubernetes()
                .find(Pod.class, Names.NAMESPACE, Names.POSTGRES_POD)
                .orElseThrow()
                .getMetadata()
                .getUid();
    }

    private boolean isTryOf(String state, Invocation invocation) {
        return FunctionStep.find(steps, invocation)
                .filter(step -> step.state().equals(state))
                .isPresent();
    }

    /** Stops the swap of the first try at its commit, and remembers the process. */
    private final class CutOverTry implements Function<Invocation, Fault> {
        private final SwapHold hold;
        private final AtomicInteger tries = new AtomicInteger();
        private final CompletableFuture<Long> process = new CompletableFuture<>();

        CutOverTry(SwapHold hold) {
            this.hold = hold;
        }

        @Override
        public Fault apply(Invocation invocation) {
            if (isTryOf("CutOver", invocation) && tries.getAndIncrement() == 0) {
                hold.stopBeforeCommit();
                process.complete(invocation.pid());
            }
            return Fault.NONE;
        }

        long awaitPid() throws Exception {
            return process.get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** The first try in a warm process, at once; the next one in a fresh process, half way. */
    private Fault inTheMiddle(String step, int number) {
        if (number == 1) {
            return Fault.killAfter(AT_ONCE);
        }
        // Lambda itself waits a minute and then two before it gives the alarm's event to its function again.
        if (number > 2 || step.equals(StepKills.ALARM_HANDLER)) {
            return Fault.NONE;
        }
        return Fault.killAfter(measured.getOrDefault(step, UNMEASURED).dividedBy(2));
    }

    private Instant begin(Function<Invocation, Fault> faults) {
        KillCampaign.strike(environment);
        Instant from = Instant.now();
        watch.faults(faults);
        environment.cloud().publishEvent(KillCampaign.alarm(from), 1);
        return from;
    }

    private ExecutionDescription end(Instant from) {
        return new Recovery(environment, "RecoverDatabaseMachine").await(from, START_LIMIT, END_LIMIT);
    }

    private static Instant kill(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(10, TimeUnit.SECONDS);
        return Instant.now();
    }

    private StepHistory assertEveryStepWasKilled(StepKills kills, ExecutionDescription execution) {
        StepHistory history = new StepHistory(environment.cloud().history(execution.arn()));
        assertThat(history.killed().keySet()).as("killed, of those that ran").isEqualTo(history.invoked());
        Set<String> known = new TreeSet<>();
        steps.stream().map(FunctionStep::state).forEach(known::add);
        known.removeAll(NOT_FOR_A_LOST_DATABASE);
        assertThat(history.invoked())
                .as("every step of the machine's definition ran")
                .isEqualTo(known);
        assertThat(kills.victims().get(StepKills.ALARM_HANDLER)).hasSize(1).noneMatch(KilledStepTest::isAlive);
        console.say("killed: " + history.killed());
        return history;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private void assertKilledOnce(ExecutionDescription execution) {
        StepHistory history = new StepHistory(environment.cloud().history(execution.arn()));
        assertThat(history.killed()).isEqualTo(Map.of("CutOver", 1));
    }

    private void assertEndedWell(Instant from, ExecutionDescription execution) throws Exception {
        assertThat(execution.status())
                .as("%s: %s", execution.error(), execution.cause())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(new Recovery(environment, "RecoverDatabaseMachine").since(from))
                .extracting(ExecutionDescription::arn)
                .containsExactly(execution.arn());
        RecoveryReport report = report(execution);
        assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
        assertThat(report.restore().backup().backupId()).isEqualTo(backup.id());
        assertThat(report.restore().rejected()).isEmpty();
        assertDataIsAsBefore();
        assertOneLiveDatabase();
        assertLeaseIsReleased();
    }

    private RecoveryReport report(ExecutionDescription execution) {
        return new Recovery(environment, "RecoverDatabaseMachine")
                .report(execution)
                .orElseThrow();
    }

    private void assertDataIsAsBefore() {
        Checks checks = new Checks(console);
        Stage stage = new Stage(environment, data, console, checks);
        stage.checkRows("rows", backup);
        stage.checkState(before);
        stage.checkDns();
        stage.checkUnknownRequests();
        assertThat(checks.failed()).isEmpty();
    }

    private void assertOneLiveDatabase() throws SQLException {
        try (Connection connection = environment.database().connectAsApplication()) {
            assertThat(connection.getCatalog()).isEqualTo(Names.DATABASE);
        }
        assertThat(databases())
                .hasSize(3)
                .contains("postgres", Names.DATABASE)
                .anyMatch(name -> name.startsWith(Names.DATABASE + "_quarantine_"));
        assertThat(environment.database().rows("postgres", "SELECT count(*) FROM lifeboat.swap"))
                .containsExactly("1");
        assertThat(environment.database().rows("postgres", "SELECT count(*) FROM lifeboat.restore"))
                .containsExactly("0");
    }

    private void assertLeaseIsReleased() throws IOException {
        byte[] lease =
                environment.bucket().get(BucketLayout.lease(Names.TARGET)).orElseThrow();
        assertThat(Json.mapper().readTree(lease).path("state").asText()).isEqualTo("released");
    }

    private List<String> databases() throws SQLException {
        return environment
                .database()
                .rows("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1");
    }

    private Instant swappedAt() throws SQLException {
        return Instant.parse(environment
                .database()
                .rows(
                        "postgres",
                        "SELECT to_char(cut_over_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                + " FROM lifeboat.swap")
                .get(0));
    }
}
