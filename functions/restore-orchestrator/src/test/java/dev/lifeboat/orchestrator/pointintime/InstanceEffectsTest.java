package dev.lifeboat.orchestrator.pointintime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.PostgresInstances;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideSeen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideState;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.RealPostgres;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the steps to the table of docs/effects.md, to which the explorer's models are held too; with an API that keeps instances, and real
 * servers in their pods: one that stands at its point, and one that takes writes.
 */
final class InstanceEffectsTest {
    private static final RecoveryScope SCOPE = new RecoveryScope("incident-1", TestTargets.live("app"), 7);
    private static final RecoveryScope OLDER = new RecoveryScope("incident-0", SCOPE.target(), 5);
    private static final RestoreStep FIRST = new RestoreStep(1, null, null, "base", RecoveryPoint.LATEST, null, null);
    private static final String OURS = "postgres-pit-7";
    private static final Map<String, String> USUAL = Map.of("beside", "none", "former", "none", "lease", "ours");
    private static final List<String> STAGES = List.of("restoring", "paused", "archiving", "promoted", "live");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RealPostgres standing;
    private static RealPostgres writing;

    private final TestingInstances instances = new TestingInstances();
    private Beside beside;
    private boolean fencedOff;
    private boolean promoted;
    /** Whose pod there is. */
    private RealPostgres server;

    static List<Effect> effects() {
        return Effect.of(Path.of(System.getProperty("lifeboat.root")), "Instances");
    }

    @BeforeEach
    void create() {
        ClusterConnection connection = instances.connection();
        beside = new Beside(
                name -> connection, secret -> new Credentials(server.superuser(), server.password()), scope -> {
                    if (fencedOff) {
                        throw new FencedOffException("It is another's.", "Leave it.");
                    }
                });
    }

    @AfterEach
    void close() {
        instances.close();
        if (promoted && server == standing) {
            standing.close(); // it does not stand at its point any more
            standing = null;
        }
    }

    @AfterAll
    static void stop() {
        Stream.of(standing, writing).filter(each -> each != null).forEach(RealPostgres::close);
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        List<HasMetadata> before = objects();

        effect.hold(USUAL, this::facts, () -> act(effect.step()));
        if (effect.leaves().equals(effect.finds())) {
            assertThat(objects()).as("nothing is written, and no pod deleted").isEqualTo(before);
        }
    }

    private void act(String step) {
        switch (step) {
            case "create-beside" -> beside.create(SCOPE, FIRST, null);
            case "prepare-promotion" -> beside.preparePromotion(SCOPE, null);
            case "promote" -> {
                beside.promote(SCOPE, null);
                promoted = true;
            }
            case "take-over" -> beside.takeOver(SCOPE, null);
            case "quarantine-old" -> beside.quarantine(SCOPE, "postgres");
            case "discard-beside" -> beside.discard(SCOPE, null);
            default -> throw new IllegalArgumentException("No way to " + step);
        }
    }

    /** By the steps themselves. */
    private void bring(Effect effect) {
        String found = effect.found("beside", "none");
        int stage = STAGES.indexOf(found);
        if (found.equals("older")) {
            beside.create(OLDER, FIRST, null);
        }
        if (stage >= 0) {
            beside.create(SCOPE, FIRST, null);
        }
        if (found.equals("paused")) {
            server = standing();
            instances.startPod(OURS, server);
            await(BesideState.PAUSED);
        }
        if (stage >= STAGES.indexOf("archiving")) {
            beside.preparePromotion(SCOPE, null);
            server = found.equals("archiving") ? standing() : writing();
            instances.startPod(OURS, server);
            await(found.equals("archiving") ? BesideState.PAUSED : BesideState.PROMOTED);
        }
        if (stage >= STAGES.indexOf("promoted")) {
            beside.promote(SCOPE, null);
        }
        if (found.equals("live")) {
            beside.takeOver(SCOPE, null);
        }
        if (effect.found("former", "none").equals("out")) {
            beside.quarantine(SCOPE, "postgres");
        }
        fencedOff = effect.found("lease", "ours").equals("newer");
    }

    private Map<String, String> facts() {
        String leads = instances
                .client
                .services()
                .inNamespace("app")
                .withName("postgres")
                .get()
                .getSpec()
                .getSelector()
                .getOrDefault(PostgresInstances.INSTANCE, "postgres");
        Map<String, String> facts = new TreeMap<>();
        facts.put("beside", leads.equals(OURS) ? "live" : isInUse(OURS) ? stage() : older());
        facts.put("former", leads.equals("postgres") ? "none" : isInUse("postgres") ? "running" : "out");
        facts.put("lease", fencedOff ? "newer" : "ours");
        return Effect.unusual(facts, USUAL);
    }

    /** What it is to become counts: its next pod may be on its way. */
    private String stage() {
        BesideState state = beside.status(SCOPE, null).state();
        boolean archives =
                instances.set(OURS).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                        .anyMatch(each -> each.getName().equals(RestoreStep.ARCHIVE_MODE)
                                && each.getValue().equals("on"));
        if (state == BesideState.PROMOTED) {
            return "promoted";
        }
        return archives ? "archiving" : state == BesideState.RESTORING ? "restoring" : "paused";
    }

    private String older() {
        return isInUse("postgres-pit-5") ? "older" : "none";
    }

    private boolean isInUse(String name) {
        StatefulSet set = instances.set(name);
        return set != null
                && set.getSpec().getReplicas() > 0
                && (set.getMetadata().getLabels() == null
                        || !set.getMetadata().getLabels().containsKey(PostgresInstances.QUARANTINE));
    }

    private List<HasMetadata> objects() {
        return Stream.of(
                        instances.client.services().inNamespace("app").list().getItems(),
                        instances
                                .client
                                .apps()
                                .statefulSets()
                                .inNamespace("app")
                                .list()
                                .getItems(),
                        instances.client.pods().inNamespace("app").list().getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .toList();
    }

    private static RealPostgres standing() {
        if (standing == null) {
            standing = RealPostgres.start(Map.of("wal_level", "replica", "wal_retrieve_retry_interval", "200ms"));
            TestingInstances.standAtTheEnd(standing);
        }
        return standing;
    }

    private static RealPostgres writing() {
        if (writing == null) {
            writing = RealPostgres.start();
        }
        return writing;
    }

    private void await(BesideState expected) {
        Instant until = Instant.now().plus(PATIENCE);
        BesideSeen seen = beside.status(SCOPE, null);
        while (seen.state() != expected && Instant.now().isBefore(until)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            seen = beside.status(SCOPE, null);
        }
        assertThat(seen.state()).as(seen.reason()).isEqualTo(expected);
    }
}
