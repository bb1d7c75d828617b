package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresPodsTest {
    private static final Fence FENCE = new Fence("live", 4);

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @Test
    void findsThePodThatTheServiceSelectsAndItsTargetPortByNumber() {
        cluster.create(
                service("postgres").build(),
                pod("postgres-0", "10.0.0.1").build(),
                pod("web-0", "10.0.0.3")
                        .editMetadata()
                        .withLabels(Map.of("app", "web"))
                        .endMetadata()
                        .build());

        PostgresEndpoint endpoint = cluster.access().postgres().locate("shop", "postgres");

        assertThat(endpoint).isEqualTo(new PostgresEndpoint("10.0.0.1", 5433, "postgres-0", uid("postgres-0")));
    }

    @Test
    void findsATargetPortByTheContainersPortName() {
        cluster.create(
                service("postgres")
                        .editSpec()
                        .editFirstPort()
                        .withNewTargetPort("pg")
                        .endPort()
                        .endSpec()
                        .build(),
                pod("postgres-0", "10.0.0.1").build());

        assertThat(cluster.access().postgres().locate("shop", "postgres").port())
                .isEqualTo(15432);
    }

    @Test
    void usesTheServicesPortWhenItHasNoTargetPort() {
        cluster.create(
                service("postgres")
                        .editSpec()
                        .editFirstPort()
                        .withTargetPort(null)
                        .endPort()
                        .endSpec()
                        .build(),
                pod("postgres-0", "10.0.0.1").build());

        assertThat(cluster.access().postgres().locate("shop", "postgres").port())
                .isEqualTo(5432);
    }

    @Test
    void aPortNameThatNoContainerHasIsAMisconfiguration() {
        cluster.create(
                service("postgres")
                        .editSpec()
                        .editFirstPort()
                        .withNewTargetPort("nope")
                        .endPort()
                        .endSpec()
                        .build(),
                pod("postgres-0", "10.0.0.1").build());

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessage("Service shop/postgres targets port 'nope', which no container of pod postgres-0 names."
                        + " HINT: Name the container's port, or set a number as targetPort.");
    }

    @Test
    void leavesOutAPodThatIsBeingDeletedWhenThereIsAnother() {
        cluster.create(
                service("postgres").build(), pod("postgres-0", "10.0.0.1").build(), dying("postgres-1"));
        cluster.client().pods().inNamespace("shop").withName("postgres-1").delete();

        assertThat(cluster.access().postgres().locate("shop", "postgres").pod()).isEqualTo("postgres-0");
    }

    @Test
    void thePodThatIsBeingDeletedStillHasAStateWhenItIsTheOnlyOne() {
        cluster.create(service("postgres").build(), dying("postgres-1"));
        cluster.client().pods().inNamespace("shop").withName("postgres-1").delete();

        assertThat(cluster.access()
                        .postgres()
                        .state("shop", "postgres")
                        .orElseThrow()
                        .summary())
                .isEqualTo("pod postgres-1 is Running, ready, terminating, on node-a");
        assertThatExceptionOfType(KubernetesUnavailableException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessageStartingWith("No pod of PostgreSQL is behind Service shop/postgres");
    }

    @Test
    void aMissingServiceIsAMisconfigurationThatNamesItAndTheCluster() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessage("Service shop/postgres does not exist in cluster test-eks."
                        + " HINT: Set the target's 'postgresService' to the Service in front of PostgreSQL.");
    }

    @Test
    void aServiceWithoutSelectorIsAMisconfiguration() {
        cluster.create(
                service("postgres").editSpec().withSelector(Map.of()).endSpec().build());

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessage("Service shop/postgres in cluster test-eks has no selector, so no pod can be found by it."
                        + " HINT: Name a Service that selects PostgreSQL's pod.");
    }

    @Test
    void noPodMayPassSoItIsRetryable() {
        cluster.create(service("postgres").build());

        assertThatExceptionOfType(KubernetesUnavailableException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessage("No pod of PostgreSQL is behind Service shop/postgres in cluster test-eks."
                        + " HINT: Wait for the StatefulSet to make one; 'kubectl get statefulset,pod -n shop' says how"
                        + " many it wants.");
    }

    @Test
    void aPodWithoutAddressSaysWhatItWaitsFor() {
        cluster.create(
                service("postgres").build(),
                pod("postgres-0", null)
                        .editStatus()
                        .withPhase("Pending")
                        .withConditions()
                        .withContainerStatuses()
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .endCondition()
                        .endStatus()
                        .build());

        assertThatExceptionOfType(KubernetesUnavailableException.class)
                .isThrownBy(() -> cluster.access().postgres().locate("shop", "postgres"))
                .withMessage("PostgreSQL behind Service shop/postgres in cluster test-eks has no address yet: pod"
                        + " postgres-0 is Pending, not ready, waiting: Unschedulable, on node-a. HINT: Wait until the"
                        + " pod runs; 'kubectl describe pod -n shop postgres-0' says what it waits for.");
    }

    @Test
    void givesThePodsStateAsFacts() {
        cluster.create(
                service("postgres").build(),
                pod("postgres-0", "10.0.0.1")
                        .editStatus()
                        .withConditions()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("False")
                        .endCondition()
                        .withContainerStatuses()
                        .addNewContainerStatus()
                        .withName("postgres")
                        .withRestartCount(7)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("CrashLoopBackOff")
                        .endWaiting()
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withReason("OOMKilled")
                        .withExitCode(137)
                        .endTerminated()
                        .endLastState()
                        .endContainerStatus()
                        .endStatus()
                        .build());

        assertThat(cluster.access().postgres().state("shop", "postgres"))
                .hasValue(new PodState(
                        "postgres-0",
                        uid("postgres-0"),
                        "10.0.0.1",
                        "Running",
                        false,
                        false,
                        7,
                        "CrashLoopBackOff",
                        "OOMKilled (137)",
                        "node-a",
                        Instant.parse(get("postgres-0").getMetadata().getCreationTimestamp())));
        assertThat(cluster.access()
                        .postgres()
                        .state("shop", "postgres")
                        .orElseThrow()
                        .summary())
                .isEqualTo("pod postgres-0 is Running, not ready, 7 restarts, waiting: CrashLoopBackOff,"
                        + " last exit: OOMKilled (137), on node-a");
    }

    @Test
    void thereIsNoStateWithoutAPod() {
        cluster.create(service("postgres").build());

        assertThat(cluster.access().postgres().state("shop", "postgres")).isEmpty();
    }

    @Test
    void tellsABoundClaimFromOneWhoseVolumeIsGoneAndFromOneThatIsNotThere() {
        cluster.create(
                service("postgres").build(),
                pod("postgres-0", "10.0.0.1")
                        .editSpec()
                        .addNewVolume()
                        .withName("run")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addToVolumes(
                                volume("data-postgres-0"), volume("wal-postgres-0"), volume("more"), volume("new"))
                        .endSpec()
                        .build(),
                claim("data-postgres-0", "Bound"),
                claim("wal-postgres-0", "Lost"),
                claim("new", null));

        List<ClaimState> claims = cluster.access().postgres().claims("shop", "postgres");

        assertThat(claims)
                .extracting(ClaimState::summary)
                .containsExactly(
                        "claim data-postgres-0 is Bound, volume pvc-1",
                        "claim wal-postgres-0 is Lost: its volume pvc-1 is gone",
                        "claim more does not exist",
                        "claim new is Pending, volume pvc-1");
        assertThat(claims).extracting(ClaimState::missing).containsExactly(false, true, true, false);
        assertThat(claims).extracting(ClaimState::bound).containsExactly(true, false, false, false);
    }

    @Test
    void withoutAPodNoClaimIsKnown() {
        cluster.create(service("postgres").build());

        assertThat(cluster.access().postgres().claims("shop", "postgres")).isEmpty();
    }

    private static Volume volume(String claim) {
        return new VolumeBuilder()
                .withName(claim)
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build();
    }

    private static PersistentVolumeClaim claim(String name, String phase) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withVolumeName("pvc-1")
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    @Test
    void deletesThePodThatWasSeenAndOnlyOnce() {
        cluster.create(pod("postgres-0", "10.0.0.1").build());
        PostgresPods pods = cluster.access().postgres();
        String uid = uid("postgres-0");

        assertThat(pods.deletePod("shop", "postgres-0", uid, FENCE)).isTrue();
        assertThat(pods.deletePod("shop", "postgres-0", uid, FENCE)).isFalse();
        assertThat(get("postgres-0")).isNull();
    }

    @Test
    void leavesALaterPodOfTheSameNameAlone() {
        cluster.create(pod("postgres-0", "10.0.0.1").build());

        assertThat(cluster.access().postgres().deletePod("shop", "postgres-0", "another-uid", FENCE))
                .isFalse();
        assertThat(cluster.client().pods().inNamespace("shop").list().getItems())
                .hasSize(1);
    }

    @Test
    void leavesAPodToTheNewerRecoveryThatWroteToIt() {
        cluster.create(pod("postgres-0", "10.0.0.1")
                .editMetadata()
                .addToAnnotations("lifeboat.dev/live.fence", "5")
                .endMetadata()
                .build());

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> cluster.access().postgres().deletePod("shop", "postgres-0", uid("postgres-0"), FENCE))
                .withMessage(
                        "Pod shop/postgres-0 in cluster test-eks was last written by a recovery with token 5, newer"
                                + " than this one's 4. HINT: Leave it to the newer recovery of target live.");
        assertThat(get("postgres-0").getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void deletesThePodJustAsItMarkedItAndLooksAgainWhenSomebodyWroteMeanwhile() {
        String path = "/api/v1/namespaces/shop/pods/postgres-0";
        String pod = """
                {"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"postgres-0","uid":"u",
                 "resourceVersion":"%s","annotations":{"lifeboat.dev/live.fence":"%s"}}}""";
        try (WireCluster wire = new WireCluster();
                KubernetesAccess access = wire.open()) {
            wire.on("GET " + path, 200, pod.formatted("77", "3"));
            wire.on("PATCH " + path, 200, pod.formatted("78", "4"));
            wire.on("DELETE " + path, 409, """
                    {"kind":"Status","apiVersion":"v1","code":409,"message":"the precondition does not match"}""");

            assertThatExceptionOfType(KubernetesUnavailableException.class)
                    .isThrownBy(() -> access.postgres().deletePod("shop", "postgres-0", "u", FENCE));
            assertThat(wire.requests())
                    .filteredOn(request -> request.startsWith("DELETE "))
                    .hasSize(5);
            assertThat(wire.requests())
                    .anySatisfy(request -> assertThat(request)
                            .startsWith("PATCH ")
                            .contains("\"resourceVersion\":\"77\"", "\"lifeboat.dev/live.fence\":\"4\""))
                    .last()
                    .asString()
                    .startsWith("DELETE ")
                    .contains("\"resourceVersion\":\"78\"", "\"uid\":\"u\"");
        }
    }

    private String uid(String pod) {
        return get(pod).getMetadata().getUid();
    }

    private Pod get(String pod) {
        return cluster.client().pods().inNamespace("shop").withName(pod).get();
    }

    private static ServiceBuilder service(String name) {
        return new ServiceBuilder(new Service())
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "postgres"))
                .addNewPort()
                .withName("postgres")
                .withPort(5432)
                .withNewTargetPort(5433)
                .endPort()
                .endSpec();
    }

    private static Pod dying(String name) {
        return pod(name, "10.0.0.2")
                .editMetadata()
                .withFinalizers("lifeboat.dev/test")
                .endMetadata()
                .build();
    }

    private static PodBuilder pod(String name, String ip) {
        return new PodBuilder(new Pod())
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of("app", "postgres"))
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-a")
                .addNewContainer()
                .withName("postgres")
                .addNewPort()
                .withName("pg")
                .withContainerPort(15432)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }
}
