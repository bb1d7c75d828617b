package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.report.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One recovery after the other, and in each of them a kill -9 of a function's process at a random instant: in the middle
 * of its work, or when its work is done and its answer is lost. Each starts at the alarm's event.
 */
final class KillCampaign implements Drill {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(30);
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    /** A recovery without faults has about as many invocations. */
    private static final int USUAL_INVOCATIONS = 16;

    private static final long USUAL_WORK_MILLIS = 300;

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final Random random;

    KillCampaign(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        this.options = options;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
        this.random = new Random(options.seed());
    }

    @Override
    public void play() {
        IncidentWatch watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
        console.say("kill campaign of " + options.killCampaign() + " recoveries, --seed " + options.seed());
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            DatabaseState before = stage.state();
            Backups.Backup backup = stage.verifiedBackup();
            List<Section.Row> rows = new ArrayList<>();
            int well = 0;
            // One without a fault first: it shows how long each work takes, so that the kills fall within it.
            console.say("a recovery without a kill first");
            Section.Row undisturbed = play(environment, watch, before, backup, 0);
            checks.check(
                    "a recovery without a kill ends well",
                    Boolean.TRUE.equals(undisturbed.held()),
                    undisturbed.value());
            for (int i = 1; i <= options.killCampaign(); i++) {
                Section.Row row = play(environment, watch, before, backup, i);
                rows.add(row);
                well += Boolean.TRUE.equals(row.held()) ? 1 : 0;
                console.say(well + " of " + i + " ended well");
            }
            checks.check(
                    "recoveries with a killed function end well",
                    well == options.killCampaign(),
                    well + " of " + options.killCampaign() + ", --seed " + options.seed());
            stage.checkUnknownRequests();
            result.write(null, List.of(new Section("Checks of the drill", checks.rows()), new Section("Kills", rows)));
        }
    }

    private Section.Row play(
            DrillEnvironment environment,
            IncidentWatch watch,
            DatabaseState before,
            Backups.Backup backup,
            int number) {
        Kill kill = new Kill(watch);
        String name = "recovery " + number;
        try {
            strike(environment);
            Checks own = new Checks(console);
            Instant from = Instant.now();
            watch.faults(number == 0 ? invocation -> Fault.NONE : kill);
            environment.cloud().publishEvent(alarm(from), 1);
            ExecutionDescription execution =
                    new Recovery(environment, "RecoverDatabaseMachine").await(from, START_LIMIT, END_LIMIT);
            watch.faults(invocation -> Fault.NONE);
            own.check(
                    "ended",
                    execution.status() == ExecutionStatus.SUCCEEDED,
                    execution.status() + " " + execution.cause());
            Stage check = new Stage(environment, data, console, own);
            check.checkRows("rows", backup);
            check.checkState(before);
            Waiting.until("the applications to be healthy", READY_LIMIT, environment::healthy);
            console.say("recovery " + number + ": " + (number == 0 ? "no kill" : kill) + describe(own));
            return new Section.Row(
                    name,
                    (number == 0 ? "no kill" : kill) + describe(own),
                    own.failed().isEmpty());
        } catch (DrillFailure e) {
            return new Section.Row(name, kill + ": " + e.getMessage(), false);
        } finally {
            watch.faults(invocation -> Fault.NONE);
        }
    }

    private static String describe(Checks own) {
        return own.failed().isEmpty() ? ": all held" : ": NOT HELD: " + own.failed();
    }

    /** PostgreSQL dies with its data directory. */
    static void strike(DrillEnvironment environment) {
        environment
                .kubernetes()
                .kill(
                        Names.NAMESPACE,
                        Names.POSTGRES_POD,
                        () -> environment.kubernetes().destroyClaim(Names.NAMESPACE, Names.POSTGRES_CLAIM));
        // One incident follows on the other, for the same alarm: after a cool-down each would go to a person.
        environment.cloud().putParameter(Names.COOL_DOWN, "0");
        // Incidents are named by the second: two may not share one.
        Instant next = Instant.now().plusMillis(1100);
        Waiting.until("the next second", READY_LIMIT, () -> Instant.now().isAfter(next));
    }

    /** As CloudWatch sends it; see the Amazon CloudWatch User Guide, "Alarm events and EventBridge". */
    static String alarm(Instant at) {
        return alarm(Names.ALARM, at);
    }

    /** As {@link #alarm(Instant)}, of another alarm. */
    static String alarm(String name, Instant at) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("value", "ALARM");
        state.put("reason", "Threshold Crossed: 2 out of the last 2 datapoints were less than the threshold (1.0).");
        state.put("timestamp", time(at));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("alarmName", name);
        detail.put("state", state);
        detail.put("previousState", Map.of("value", "OK", "timestamp", time(at.minusSeconds(600))));
        detail.put("configuration", Map.of("description", "", "metrics", List.of()));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "CloudWatch Alarm State Change");
        event.put("source", "aws.cloudwatch");
        event.put("account", EmbeddedCloud.ACCOUNT);
        event.put("time", at.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", EmbeddedCloud.REGION);
        event.put("resources", List.of());
        event.put("detail", detail);
        return Json.compact(event);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString().replace("Z", "+0000");
    }

    /** The one kill of a recovery, drawn when it begins: which of its invocations, and how far into its work. */
    private final class Kill implements Function<Invocation, Fault> {
        private final IncidentWatch watch;
        private final AtomicInteger seen = new AtomicInteger();
        private final int victim = random.nextInt(USUAL_INVOCATIONS);
        private final boolean answerLost = random.nextInt(4) == 0;
        private final double share = random.nextDouble();
        private volatile String killed = "nothing killed, it had no more than " + victim + " invocations";

        Kill(IncidentWatch watch) {
            this.watch = watch;
        }

        @Override
        public Fault apply(Invocation invocation) {
            if (invocation.function().equals("Probe") || seen.getAndIncrement() != victim) {
                return Fault.NONE;
            }
            String work = IncidentWatch.work(invocation);
            if (answerLost) {
                killed = work + " killed when its work was done and its answer was not";
                return Fault.killBeforeAnswer();
            }
            long usual = watch.lastMillis(invocation).orElse(USUAL_WORK_MILLIS);
            Duration after = Duration.ofMillis((long) (usual * share));
            killed = work + " killed after " + after.toMillis() + " ms of " + usual;
            return Fault.killAfter(after);
        }

        @Override
        public String toString() {
            return killed;
        }
    }
}
