package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How pods and Deployments are read, written down as an API server writes them, and what follows. The time is 12:00. */
@ExtendWith(S3MockExtension.class)
class DeploymentEvidenceTest {
    private TestShop shop;

    @BeforeEach
    void start(S3MockServer storage) {
        shop = new TestShop(storage);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void aRolloutThatIsUnderWayIsWaitedFor() {
        badRevision();
        pod("""
              conditions:
                - {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-23T11:59:50Z"}
              containerStatuses:
                - {name: main, ready: false, restartCount: 0, image: "shop/web:2", imageID: "",
                   state: {running: {startedAt: "2026-11-23T11:59:51Z"}}}
            """);

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
        assertThat(assessment.reason()).startsWith("web: The rollout is under way, and nothing of it fails");
    }

    @Test
    void aPodThatRunsAndDoesNotGetReadyForLongerThanItsProbesAllowFails() {
        badRevision();
        pod("""
              conditions:
                - {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-23T11:59:10Z"}
              containerStatuses:
                - {name: main, ready: false, restartCount: 0, image: "shop/web:2", imageID: "",
                   state: {running: {startedAt: "2026-11-23T11:59:11Z"}}}
            """);

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(look(assessment, ApplicationLook.PROBES_PASS)).isEqualTo(Answer.NO);
    }

    @Test
    void anInitContainerThatCrashesIsACrash() {
        badRevision();
        pod("""
              phase: Pending
              conditions:
                - {type: Initialized, status: "False", reason: ContainersNotInitialized}
                - {type: Ready, status: "False", reason: ContainersNotReady}
              initContainerStatuses:
                - {name: wait-for-database, ready: true, restartCount: 0, image: "shop/wait:1", imageID: "",
                   state: {terminated: {exitCode: 0, reason: Completed, finishedAt: "2026-11-23T11:58:00Z"}}}
                - {name: migrate, ready: false, restartCount: 3, image: "shop/web:2", imageID: "",
                   state: {waiting: {reason: CrashLoopBackOff}},
                   lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-11-23T11:59:40Z"}}}
              containerStatuses:
                - {name: main, ready: false, restartCount: 0, image: "shop/web:2", imageID: "",
                   state: {waiting: {reason: PodInitializing}}}
            """);
        shop.logs.put("web-2-abc", "relation users does not exist");

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(look(assessment, ApplicationLook.CONTAINERS_START)).isEqualTo(Answer.NO);
        assertThat(assessment.deployments().get(0).logs())
                .containsExactly(new DeploymentAssessment.LastLines(
                        "web-2-abc/migrate", List.of("relation users does not exist")));
    }

    @Test
    void betweenTwoCrashesItCrashesToo() {
        badRevision();
        pod("""
              conditions:
                - {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-23T11:59:58Z"}
              containerStatuses:
                - {name: main, ready: false, restartCount: 2, image: "shop/web:2", imageID: "",
                   state: {running: {startedAt: "2026-11-23T11:59:59Z"}},
                   lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-11-23T11:59:57Z"}}}
            """);

        assertThat(look(shop.assess(), ApplicationLook.CONTAINERS_START)).isEqualTo(Answer.NO);
    }

    @Test
    void whatCrashedLastWeekAndIsNotReadyForAMomentDoesNotCrash() {
        shop.deploy("web", true, 1);
        shop.healthy("web", 1);
        underWay("web");
        pod("web-1", """
              conditions:
                - {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-11-23T11:59:50Z"}
              containerStatuses:
                - {name: main, ready: false, restartCount: 1, image: "shop/web:1", imageID: "",
                   state: {running: {startedAt: "2026-11-16T08:00:00Z"}},
                   lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-11-16T07:59:57Z"}}}
            """);

        ApplicationAssessment assessment = shop.assess();

        assertThat(look(assessment, ApplicationLook.CONTAINERS_START)).isEqualTo(Answer.YES);
        assertThat(look(assessment, ApplicationLook.PROBES_PASS))
                .as("ten seconds, of the thirty that it may take")
                .isEqualTo(Answer.YES);
        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
    }

    @Test
    void aPodThatItsNodeHasEvictedIsNoEvidence() {
        shop.deploy("web", true, 1);
        shop.healthy("web", 1);
        shop.create(TestShop.pod("web-1-new", "web", "web-1", true, null));
        pod("web-1", """
              phase: Failed
              reason: Evicted
              containerStatuses:
                - {name: main, ready: false, restartCount: 1, image: "shop/web:1", imageID: "",
                   state: {terminated: {exitCode: 137, reason: Error, finishedAt: "2026-11-23T11:59:00Z"}}}
            """);

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.NOT_NEEDED);
    }

    @Test
    void aHealthyRevisionWhoseImageIsGoneIsNobodysDeployment() {
        shop.deploy("web", false, 2);
        shop.healthy("web", 1);
        shop.healthy("web", 2);
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(assessment.reason()).startsWith("web: A revision that was healthy cannot pull its image any more.");
    }

    @Test
    void aRestartThatDidNotHelpIsNotRepeated() {
        shop.deploy("web", true, 2);
        shop.healthy("web", 2);
        shop.edit(
                "web",
                web -> web.editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToAnnotations("lifeboat.dev/restarted-for", "incident")
                        .endMetadata()
                        .endTemplate()
                        .endSpec());
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(assessment.acted()).isTrue();
        assertThat(assessment.deployments().get(0).notes()).contains("restarted for this incident");
        assertThat(shop.assess("another", "41").decision()).isEqualTo(ApplicationDecision.RESTART);
    }

    @Test
    void whoScalesAndThatItIsScaledToZeroIsSaid() {
        shop.deploy("web", true, 1);
        shop.edit(
                "web",
                web -> web.editSpec()
                        .withReplicas(0)
                        .endSpec()
                        .editStatus()
                        .withReplicas(0)
                        .withUpdatedReplicas(0)
                        .withAvailableReplicas(0)
                        .endStatus());
        shop.client
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withMinReplicas(2)
                        .withMaxReplicas(9)
                        .withNewScaleTargetRef()
                        .withKind("Deployment")
                        .withName("web")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .create();

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.deployments().get(0).notes())
                .contains("scaled to zero", "scaled by web (2 to 9 replicas)");
        assertThat(assessment.reason()).endsWith("It is scaled to zero.");
        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
    }

    @Test
    void fluxIsToldToo() {
        badRevision();
        shop.edit(
                "web",
                web -> web.editMetadata()
                        .addToLabels("helm.toolkit.fluxcd.io/name", "storefront")
                        .endMetadata());
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.REVERT_IN_GIT);
        assertThat(assessment.reason()).contains("It is managed by Flux (HelmRelease storefront)");
    }

    /** Revision 2, which nobody saw healthy, is rolled out; 1 was healthy. */
    private void badRevision() {
        shop.deploy("web", true, 2);
        shop.healthy("web", 1);
        underWay("web");
    }

    private void underWay(String deployment) {
        shop.edit(
                deployment,
                each -> each.editStatus()
                        .withAvailableReplicas(0)
                        .editFirstCondition()
                        .withReason("ReplicaSetUpdated")
                        .endCondition()
                        .endStatus());
    }

    private void pod(String status) {
        pod("web-2", status);
    }

    private void pod(String replicaSet, String status) {
        shop.createPod("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s-abc
              namespace: shop
              labels: {app: web}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: %1$s, uid: u}]
            spec:
              containers: [{name: main, image: "shop/web"}]
            status:
            """.formatted(replicaSet) + (status.contains("phase:") ? "" : "  phase: Running\n") + status);
    }

    private static Answer look(ApplicationAssessment assessment, ApplicationLook look) {
        return LookResult.of(assessment.deployments().get(0).looks(), look).answer();
    }
}
