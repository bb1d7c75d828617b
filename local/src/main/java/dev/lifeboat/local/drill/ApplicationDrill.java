package dev.lifeboat.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bad deployment: the applications are recorded as healthy, a new image is deployed as a pipeline does, and the probe, the alarm, its
 * handler and the state machine roll it back, or tell a person where that is nobody else's.
 */
final class ApplicationDrill implements Drill {
    static final Duration HEALTHY_LIMIT = Duration.ofMinutes(5);
    private static final Duration ALARM_LIMIT = Duration.ofMinutes(10);
    static final Duration RECOVERY_LIMIT = Duration.ofMinutes(30);
    private static final String ALARM = Names.TARGET + "-application-unhealthy";
    private static final String SECOND_ALARM = Names.TARGET + "-api-backend-unhealthy";
    static final String API = "api-backend";
    private static final String WEB = "web-app";
    private static final String TAG = ":of-a-friday-evening";

    private final DrillOptions options;
    private final ApplicationFault fault;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final IncidentWatch watch;

    ApplicationDrill(
            DrillOptions options,
            ApplicationFault fault,
            DrillData data,
            Console console,
            Checks checks,
            DrillResult result) {
        this.options = options;
        this.fault = fault;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
        this.watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
    }

    @Override
    public void play() {
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            startWatching(environment);
            DatabaseState before = stage.state();
            Map<String, String> images = images(environment);
            Instant disaster = deploy(environment, images);
            ExecutionDescription execution =
                    new Recovery(environment, "RecoverApplicationMachine").await(disaster, ALARM_LIMIT, RECOVERY_LIMIT);
            Optional<RecoveryReport> report =
                    new ApplicationJudge(environment, fault, checks, TAG).judge(images, disaster, execution);
            stage.checkState(before);
            stage.checkUnknownRequests();
            Timeline timeline = new Timeline(disaster, watch.moments());
            result.write(
                    report.orElse(null),
                    List.of(new Section("Checks of the drill", checks.rows()), timeline.section()));
            console.print("\n" + timeline.text() + "\n");
            report.ifPresent(found -> console.print(Timeline.budgets(found)));
        }
    }

    /** Until everything is quiet, and both revisions are recorded as healthy: without that there is no way back. */
    private void startWatching(DrillEnvironment environment) {
        EmbeddedCloud cloud = environment.cloud();
        console.running("waiting for the probe to record what is healthy, and for the alarm to say OK");
        cloud.enableSchedule(Names.TARGET + "-probe", true);
        Waiting.until(
                "the revisions to be recorded as healthy",
                HEALTHY_LIMIT,
                () -> recorded(environment).size() == 2);
        if (!fault.deploys()) {
            console.running("");
            return; // the database's own alarm would come, too
        }
        cloud.evaluateAlarms(true);
        Waiting.until("alarm " + ALARM + " to be OK", HEALTHY_LIMIT, () -> watch.alarm(ALARM) == AlarmState.OK);
        console.running("");
        recorded(environment).forEach(key -> console.say("recorded as healthy: " + key));
    }

    private static List<String> recorded(DrillEnvironment environment) {
        return environment.bucket().keys(BucketLayout.healthyRevisions(Names.TARGET)).stream()
                .filter(key -> !key.equals(BucketLayout.healthWatch(Names.TARGET)))
                .toList();
    }

    static Map<String, String> images(DrillEnvironment environment) {
        return deployments(environment)
                .collect(Collectors.toMap(
                        deployment -> deployment.getMetadata().getName(),
                        deployment -> deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0)
                                .getImage(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    static Stream<Deployment> deployments(DrillEnvironment environment) {
        return environment.kubernetes().list(Deployment.class, Names.NAMESPACE).stream();
    }

    private Instant deploy(DrillEnvironment environment, Map<String, String> images) {
        if (!fault.deploys()) {
            return hang(environment);
        }
        if (fault == ApplicationFault.GITOPS) {
            environment.kubernetes().apply(deployment(API, """
                  annotations:
                    argocd.argoproj.io/tracking-id: storefront:apps/Deployment:cloudtolocalllm/api-backend
                """, ""));
        }
        for (String name : fault == ApplicationFault.BOTH ? List.of(API, WEB) : List.of(API)) {
            breakImage(environment, bad(images, name));
        }
        if (fault == ApplicationFault.BOTH) {
            killTheRollBack();
            environment
                    .cloud()
                    .putParameter(
                            "/lifeboat/" + Names.TARGET + "/alarm-scenarios", Json.compact(scenarios(environment)));
        }
        Instant disaster = Instant.now();
        watch.note(
                "DEPLOYMENT: " + (fault == ApplicationFault.BOTH ? API + " and " + WEB : API) + ", " + fault.words());
        setImage(environment, API, bad(images, API));
        if (fault == ApplicationFault.BOTH) {
            setImage(environment, WEB, bad(images, WEB));
            Waiting.until("the first alarm's recovery to take the lease", ALARM_LIMIT, () -> isHeld(environment));
            int asked = watch.answers("AlarmHandler");
            environment.cloud().publishEvent(secondAlarm(disaster), 1);
            Waiting.until("the second alarm to be answered", ALARM_LIMIT, () -> watch.answers("AlarmHandler") > asked);
        }
        if (fault == ApplicationFault.PAUSED) {
            Waiting.until("a pod without its image", HEALTHY_LIMIT, () -> hasPodWithoutImage(environment));
            environment.kubernetes().apply(deployment(API, "", "  paused: true\n"));
        }
        console.running("waiting for the probe and the alarm to notice");
        return disaster;
    }

    /** The application's alarm comes first, as one of the user's own on its errors may. */
    private Instant hang(DrillEnvironment environment) {
        Instant disaster = Instant.now();
        watch.note("NO DEPLOYMENT: PostgreSQL hangs");
        environment.kubernetes().hang(Names.NAMESPACE, Names.POSTGRES_POD);
        Waiting.until(
                "Kubernetes to see that PostgreSQL is not ready",
                ALARM_LIMIT,
                () -> !environment.database().ready());
        environment.cloud().publishEvent(KillCampaign.alarm(ALARM, Instant.now()), 1);
        return disaster;
    }

    private static boolean hasPodWithoutImage(DrillEnvironment environment) {
        return environment.kubernetes().list(Pod.class, Names.NAMESPACE).stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .anyMatch(status -> status.getState().getWaiting() != null
                        && status.getState().getWaiting().getReason().contains("ImagePull"));
    }

    private static boolean isHeld(DrillEnvironment environment) {
        return environment
                .bucket()
                .get(BucketLayout.lease(Names.TARGET))
                .map(lease -> new String(lease, StandardCharsets.UTF_8))
                .filter(lease -> lease.contains("held"))
                .isPresent();
    }

    private static String bad(Map<String, String> images, String name) {
        return images.get(name).replaceFirst(":[^:/]*$", "") + TAG;
    }

    private void breakImage(DrillEnvironment environment, String image) {
        if (fault == ApplicationFault.CRASH_LOOP) {
            environment
                    .kubernetes()
                    .images()
                    .crash(
                            image,
                            List.of(
                                    "starting",
                                    "connecting to postgres://app:" + password(environment) + "@postgres:5432/shop",
                                    "refused: " + password(environment) + " is not the password",
                                    "config: api_key=a1b2c3d4e5, region=eu",
                                    "FATAL: column users.nickname does not exist"));
        } else {
            environment.kubernetes().images().withdraw(image);
        }
    }

    static String password(DrillEnvironment environment) {
        return environment.database().names().applicationPassword();
    }

    /** As {@code kubectl set image} does. */
    private static void setImage(DrillEnvironment environment, String name, String image) {
        environment.kubernetes().apply(deployment(name, "", """
              template:
                spec:
                  containers:
                    - name: %s
                      image: %s
            """.formatted(name, image)
                .indent(0)));
    }

    private static String deployment(String name, String metadata, String spec) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: %s
              namespace: %s
            """.formatted(name, Names.NAMESPACE) + metadata + (spec.isEmpty() ? "" : "spec:\n" + spec);
    }

    /** Once, when its work is done and nobody knows it yet. */
    private void killTheRollBack() {
        AtomicBoolean killed = new AtomicBoolean();
        watch.faults(invocation -> IncidentWatch.work(invocation).equals("RecoverApplication roll-back")
                        && killed.compareAndSet(false, true)
                ? Fault.killBeforeAnswer()
                : Fault.NONE);
    }

    private static JsonNode scenarios(DrillEnvironment environment) {
        String name = "/lifeboat/" + Names.TARGET + "/alarm-scenarios";
        try {
            JsonNode mapping = Json.mapper()
                    .readTree(environment.cloud().template().ssmParameters().get(name));
            ((ObjectNode) mapping).put(SECOND_ALARM, "application");
            return mapping;
        } catch (IOException e) {
            throw new UncheckedIOException("The parameter " + name + " is no JSON", e);
        }
    }

    /** An alarm of the user's own, on one of the Deployments. */
    private static String secondAlarm(Instant at) {
        return KillCampaign.alarm(SECOND_ALARM, at);
    }
}
