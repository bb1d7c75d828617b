package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresInstancesTest {
    private static final Fence FENCE = new Fence("shop", 7);
    private static final List<String> OF_STEPS = List.of("RESTORE_");
    private static final Map<String, String> FIRST = Map.of("RESTORE_STEP", "1", "RESTORE_ARCHIVE_MODE", "off");
    private static final Map<String, String> NAME = Map.of("app", "postgres");

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void create() {
        cluster.create(
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("postgres")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(NAME)
                        .endSpec()
                        .build(),
                new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("postgres")
                        .withNamespace("shop")
                        .withLabels(NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(NAME)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", "postgres", "part-of", "shop"))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("sidecar")
                        .endContainer()
                        .addNewContainer()
                        .withName("postgres")
                        .addNewPort()
                        .withContainerPort(5432)
                        .endPort()
                        .addNewEnv()
                        .withName("PGDATA")
                        .withValue("/data/pgdata")
                        .endEnv()
                        .addNewEnv()
                        .withName("ARCHIVE_MODE")
                        .withNewValueFrom()
                        .withNewConfigMapKeyRef("archive-mode", "config", false)
                        .endValueFrom()
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .withVolumeClaimTemplates(new PersistentVolumeClaimBuilder()
                                .withNewMetadata()
                                .withName("data")
                                .endMetadata()
                                .build())
                        .endSpec()
                        .build());
    }

    @Test
    void aCopyStandsBesideTheLiveOneAndTheServiceDoesNotLeadToIt() {
        InstanceState made = ensure(FIRST);

        assertThat(made.name()).isEqualTo("postgres-pit-7");
        assertThat(made.wanted())
                .containsEntry("RESTORE_STEP", "1")
                .containsEntry("RESTORE_ARCHIVE_MODE", "off")
                .containsEntry("PGDATA", "/data/pgdata");
        StatefulSet copy = set("postgres-pit-7");
        assertThat(copy.getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(Map.of("part-of", "shop", "lifeboat.dev/instance", "postgres-pit-7"));
        assertThat(copy.getSpec().getSelector().getMatchLabels())
                .isEqualTo(Map.of("lifeboat.dev/instance", "postgres-pit-7"));
        assertThat(copy.getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
        assertThat(copy.getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(instances().live("shop", "postgres")).isEqualTo("postgres");
        assertThat(environment("postgres")).extracting(EnvVar::getName).containsExactly("PGDATA", "ARCHIVE_MODE");
    }

    @Test
    void theSameStepAgainChangesNothingAndTheNextOneReplacesThePod() {
        ensure(FIRST);
        String version = set("postgres-pit-7").getMetadata().getResourceVersion();
        pod(FIRST);

        ensure(FIRST);

        assertThat(set("postgres-pit-7").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(podExists()).isTrue();

        InstanceState next = ensure(Map.of("RESTORE_STEP", "2", "RESTORE_ARCHIVE_MODE", "off"));

        assertThat(next.wanted()).containsEntry("RESTORE_STEP", "2");
        assertThat(podExists()).isFalse();
    }

    @Test
    void aTakeOverLeadsTheServiceAndItsUndoLeadsItBack() {
        ensure(FIRST);
        instances().notePromotion("shop", "postgres-pit-7", "incident-1", FENCE);

        assertThat(takeOver()).isEqualTo(new TakenOver("postgres", "postgres-pit-7", "incident-1", true));
        assertThat(takeOver()).isEqualTo(new TakenOver("postgres", "postgres-pit-7", "incident-1", false));
        assertThat(instances().live("shop", "postgres")).isEqualTo("postgres-pit-7");
        assertThat(environment("postgres-pit-7")).extracting(EnvVar::getName).containsExactly("PGDATA", "ARCHIVE_MODE");
        assertThat(instances().quarantine("shop", "postgres", "postgres", "incident-1", FENCE))
                .containsExactly("postgres");
        String version = set("postgres").getMetadata().getResourceVersion();
        assertThat(instances().quarantine("shop", "postgres", "postgres", "incident-1", FENCE))
                .containsExactly("postgres");
        assertThat(set("postgres").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(set("postgres").getSpec().getReplicas()).isZero();
        assertThat(environment("postgres"))
                .anySatisfy(each ->
                        assertThat(each.getName() + "=" + each.getValue()).isEqualTo("QUARANTINED_BY=incident-1"));

        assertThat(instances().undo("shop", "postgres", "incident-1", FENCE))
                .isEqualTo(new TakenOver("postgres-pit-7", "postgres", "incident-1", true));
        assertThat(instances().undo("shop", "postgres", "incident-1", FENCE).changed())
                .isFalse();

        assertThat(instances().live("shop", "postgres")).isEqualTo("postgres");
        assertThat(set("postgres").getSpec().getReplicas()).isOne();
        assertThat(environment("postgres")).extracting(EnvVar::getName).containsExactly("PGDATA", "ARCHIVE_MODE");
        assertThat(set("postgres-pit-7").getSpec().getReplicas()).isZero();
    }

    @Test
    void aTakeOverIsUnfinishedUntilAllThatWereLiveBeforeAreOutOfUse() {
        assertThat(instances().lastTakeOver("shop", "postgres")).isEmpty();
        ensure(FIRST);
        assertThat(instances().lastTakeOver("shop", "postgres")).isEmpty();
        takeOver();
        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres-pit-7", "postgres", "incident-1", false, false, true));

        // Its recovery dies here, and another one puts a third instance in place.
        Fence newer = new Fence("shop", 8);
        instances().ensureBeside("shop", "postgres", "postgres-pit-8", FIRST, OF_STEPS, newer);
        instances().takeOver("shop", "postgres", "postgres-pit-8", OF_STEPS, "incident-2", newer);
        assertThat(instances().quarantine("shop", "postgres", "postgres-pit-7", "incident-2", newer))
                .containsExactly("postgres-pit-7", "postgres");

        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres-pit-8", "postgres-pit-7", "incident-2", false, false, false));
        assertThat(set("postgres").getSpec().getReplicas()).isZero();
        assertThat(set("postgres-pit-7").getSpec().getReplicas()).isZero();
        assertThat(set("postgres-pit-8").getSpec().getReplicas()).isOne();
    }

    @Test
    void afterAnUndoWhatIsLiveSaysItselfWhatItTookThePlaceOf() {
        ensure(FIRST);
        instances().notePromotion("shop", "postgres-pit-7", "incident-1", FENCE);
        takeOver();
        instances().quarantine("shop", "postgres", "postgres", "incident-1", FENCE);
        Fence newer = new Fence("shop", 8);
        instances().ensureBeside("shop", "postgres", "postgres-pit-8", FIRST, OF_STEPS, newer);
        instances().notePromotion("shop", "postgres-pit-8", "incident-2", newer);
        instances().takeOver("shop", "postgres", "postgres-pit-8", OF_STEPS, "incident-2", newer);
        instances().quarantine("shop", "postgres", "postgres-pit-7", "incident-2", newer);

        assertThat(instances().undo("shop", "postgres", "incident-2", newer).to())
                .isEqualTo("postgres-pit-7");

        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres-pit-7", "postgres", "incident-1", false, false, false));
        assertThat(instances().takeOver("shop", "postgres", "postgres-pit-7", OF_STEPS, "incident-3", newer))
                .isEqualTo(new TakenOver("postgres", "postgres-pit-7", "incident-1", false));
        assertThat(set("postgres-pit-7").getSpec().getReplicas()).isOne();
        assertThat(set("postgres-pit-8").getSpec().getReplicas()).isZero();
    }

    @Test
    void whatIsRestoredInPlaceStaysLiveAndItsUndoIsAStepOfItsNextPod() {
        Map<String, String> delta = Map.of("RESTORE_STEP", "14", "RESTORE_FROM", "delta");
        instances().ensureBeside("shop", "postgres", "postgres", delta, OF_STEPS, FENCE);
        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres", null, null, false, true, false));
        assertThat(undoInPlace("incident-1")).isEmpty();
        instances().notePromotion("shop", "postgres", "incident-1", FENCE);

        assertThat(instances().takeOver("shop", "postgres", "postgres", OF_STEPS, "incident-1", FENCE))
                .isEqualTo(new TakenOver(null, "postgres", "incident-1", false));
        assertThat(instances().takeOver("shop", "postgres", "postgres", OF_STEPS, "incident-1", FENCE))
                .isEqualTo(new TakenOver(null, "postgres", "incident-1", false));
        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres", null, "incident-1", true, false, false));
        assertThat(environment("postgres")).extracting(EnvVar::getName).containsExactly("PGDATA", "ARCHIVE_MODE");
        assertThat(service("postgres").getSpec().getSelector()).isEqualTo(NAME);

        // Another one's is not this one's to take back.
        assertThat(undoInPlace("incident-2")).isEmpty();
        assertThat(undoInPlace("incident-1")).contains("postgres");
        assertThat(environment("postgres"))
                .anySatisfy(each ->
                        assertThat(each.getName() + "=" + each.getValue()).isEqualTo("RESTORE_FROM=kept"));
        assertThat(instances().lastTakeOver("shop", "postgres")).isEmpty();
    }

    @Test
    void anInstanceThatTookOverOnceMayBeRestoredInPlaceLater() {
        ensure(FIRST);
        instances().notePromotion("shop", "postgres-pit-7", "incident-1", FENCE);
        takeOver();
        Fence newer = new Fence("shop", 8);
        instances().ensureBeside("shop", "postgres", "postgres-pit-7", FIRST, OF_STEPS, newer);
        instances().notePromotion("shop", "postgres-pit-7", "incident-2", newer);

        assertThat(instances().takeOver("shop", "postgres", "postgres-pit-7", OF_STEPS, "incident-2", newer))
                .isEqualTo(new TakenOver(null, "postgres-pit-7", "incident-2", false));
        // The recovery that put it in place had died, and left in use what was live before.
        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres-pit-7", null, "incident-2", true, false, true));
        assertThat(instances().quarantine("shop", "postgres", null, "incident-2", newer))
                .containsExactly("postgres");
        assertThat(instances().lastTakeOver("shop", "postgres"))
                .contains(new LastTakeOver("postgres-pit-7", null, "incident-2", true, false, false));
    }

    private Optional<String> undoInPlace(String incident) {
        return instances()
                .undoInPlace(
                        "shop",
                        "postgres",
                        Map.of("RESTORE_STEP", "15", "RESTORE_FROM", "kept"),
                        OF_STEPS,
                        incident,
                        FENCE);
    }

    private Service service(String name) {
        return cluster.client().services().inNamespace("shop").withName(name).get();
    }

    @Test
    void theLiveInstanceIsNeverTakenOutOfUse() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> instances().quarantine("shop", "postgres", "postgres", "incident-1", FENCE))
                .withMessage(
                        "StatefulSet shop/postgres is what Service postgres leads to in cluster test-eks: it is not"
                                + " taken out of use. HINT: Lead the Service elsewhere first.");
    }

    @Test
    void whatWasLeftGoesUnlessItMayHoldWhatNoOtherOneDoes() {
        ensure(FIRST);
        cluster.create(new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-postgres-pit-7-0")
                .withNamespace("shop")
                .endMetadata()
                .build());
        Fence newer = new Fence("shop", 8);
        instances().ensureBeside("shop", "postgres", "postgres-pit-8", FIRST, OF_STEPS, newer);
        instances().notePromotion("shop", "postgres-pit-8", "incident-2", newer);

        assertThat(instances().discard("shop", "postgres", null, "incident-3", new Fence("shop", 9)))
                .containsExactly("postgres-pit-7");

        assertThat(set("postgres-pit-7")).isNull();
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace("shop")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(set("postgres-pit-8").getSpec().getReplicas()).isZero();
        assertThat(set("postgres-pit-8").getMetadata().getLabels())
                .containsEntry("lifeboat.dev/quarantine", "incident-3");
        assertThat(set("postgres").getSpec().getReplicas()).isOne();
    }

    @Test
    void whatANewerRecoveryWroteToIsLeftAlone() {
        ensure(FIRST);
        takeOver();
        Fence older = new Fence("shop", 6);

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> instances().undo("shop", "postgres", "incident-1", older));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(
                        () -> instances().ensureBeside("shop", "postgres", "postgres-pit-7", FIRST, OF_STEPS, older));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> instances().notePromotion("shop", "postgres-pit-7", "incident-1", older));
    }

    private InstanceState ensure(Map<String, String> environment) {
        return instances().ensureBeside("shop", "postgres", "postgres-pit-7", environment, OF_STEPS, FENCE);
    }

    private TakenOver takeOver() {
        return instances().takeOver("shop", "postgres", "postgres-pit-7", OF_STEPS, "incident-1", FENCE);
    }

    private void pod(Map<String, String> environment) {
        cluster.create(new PodBuilder()
                .withNewMetadata()
                .withName("postgres-pit-7-0")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withEnv(environment.entrySet().stream()
                        .map(each -> new EnvVar(each.getKey(), each.getValue(), null))
                        .toList())
                .endContainer()
                .endSpec()
                .build());
    }

    private boolean podExists() {
        return cluster.client()
                        .pods()
                        .inNamespace("shop")
                        .withName("postgres-pit-7-0")
                        .get()
                != null;
    }

    private List<EnvVar> environment(String name) {
        return set(name)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(1)
                .getEnv();
    }

    private StatefulSet set(String name) {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private PostgresInstances instances() {
        return cluster.access().instances();
    }
}
