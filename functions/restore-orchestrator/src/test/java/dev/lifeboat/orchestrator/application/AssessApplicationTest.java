package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssessApplicationTest {
    // Held here: the log manager forgets the level of a logger that nobody refers to.
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private KubernetesMockServer server;
    private KubernetesClient client;
    private HttpServer outside;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        MOCK_LOG.setLevel(Level.WARNING);
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        client = server.createClient();
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        outside.start();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("postgres")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "postgres"))
                        .endSpec()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        outside.stop(0);
        client.close();
        server.destroy();
    }

    @Test
    void anApplicationThatServesAndAnswersNeedsNothing() {
        create(pod("postgres-0", "postgres", true, null), pod("web-1", "web", true, null));
        deploy(true, 1);

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.NOT_NEEDED);
        assertThat(assessment.looks()).allMatch(look -> look.answer() == Answer.YES);
        assertThat(assessment.rejected()).hasSize(6);
    }

    @Test
    void aRevisionWhoseImageCannotBePulledIsRolledBack() {
        create(
                pod("postgres-0", "postgres", true, null),
                pod("web-1", "web", true, null),
                pod("web-2", "web", false, "ImagePullBackOff"));
        deploy(false, 2);

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(assessment.reason()).startsWith("web: exceeded its progress deadline");
        assertThat(LookResult.of(assessment.looks(), ApplicationLook.IMAGES_PULLED)
                        .reason())
                .startsWith("pod web-2 is Running, not ready, waiting: ImagePullBackOff");
    }

    @Test
    void aFirstRevisionThatCrashesIsForAPersonToExamine() {
        create(pod("postgres-0", "postgres", true, null), pod("web-1", "web", false, "CrashLoopBackOff"));
        deploy(false, 1);

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(LookResult.of(assessment.looks(), ApplicationLook.CONTAINERS_START)
                        .answer())
                .isEqualTo(Answer.NO);
    }

    @Test
    void anApplicationThatCrashesSinceItsDatabaseIsNotThereIsNotTouched() {
        create(
                pod("postgres-0", "postgres", false, "CrashLoopBackOff"),
                pod("web-1", "web", false, "CrashLoopBackOff"));
        deploy(false, 2);

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.RECOVER_DATABASE);
    }

    @Test
    void podsThatRunAndDoNotServeAreWorthARestart() {
        create(pod("postgres-0", "postgres", true, null), pod("web-1", "web", false, null));
        deploy(true, 1);

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.RESTART);
    }

    @Test
    void whatKubernetesSeesWellAndUsersDoNotIsTheRoutes() {
        create(pod("postgres-0", "postgres", true, null), pod("web-1", "web", true, null));
        deploy(true, 1);
        status = 503;

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.CHECK_ROUTE);
        assertThat(assessment.reason()).endsWith("/health: answers 503, expected 200");
    }

    @Test
    void withoutKubernetesItIsLookedAtAgain() {
        server.destroy();

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
    }

    private ApplicationAssessment assess() {
        Target target = new Target(
                "shop",
                Target.Purpose.LIVE,
                "shop-eks",
                "shop",
                "postgres",
                "shop",
                "shop",
                "shop/admin",
                List.of("web"),
                List.of("http://127.0.0.1:" + outside.getAddress().getPort() + "/health"),
                null,
                null,
                null);
        String endpoint = client.getMasterUrl().toString();
        return new AssessApplication(
                        cluster -> new ClusterConnection(cluster, endpoint, null, () -> "token"), Clock.systemUTC())
                .assess(target);
    }

    private void create(Pod... pods) {
        for (Pod pod : pods) {
            client.resource(pod).create();
        }
    }

    private void deploy(boolean rolledOut, int revisions) {
        Deployment deployment = client.resource(deployment(rolledOut)).create();
        for (int revision = 1; revision <= revisions; revision++) {
            client.resource(new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName("web-" + revision)
                            .withLabels(Map.of("app", "web"))
                            .addNewOwnerReference()
                            .withUid(deployment.getMetadata().getUid())
                            .endOwnerReference()
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private static Deployment deployment(boolean rolledOut) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(100L)
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .withAvailableReplicas(1)
                .addNewCondition()
                .withType("Progressing")
                .withStatus(rolledOut ? "True" : "False")
                .withReason(rolledOut ? "NewReplicaSetAvailable" : "ProgressDeadlineExceeded")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod pod(String name, String application, boolean ready, String waiting) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of("app", application))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus();
        return waiting == null
                ? pod.build()
                : pod.editStatus()
                        .addNewContainerStatus()
                        .withName("main")
                        .withNewState()
                        .withNewWaiting()
                        .withReason(waiting)
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }
}
