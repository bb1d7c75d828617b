package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WorkloadStopTest {
    private static final List<StoppedWorkload> RUNNING = List.of(
            new StoppedWorkload("Deployment", "web", 3),
            new StoppedWorkload("StatefulSet", "postgres", 1),
            new StoppedWorkload("CronJob", "backup", 1));

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void create() {
        cluster.create(
                new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("app")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .endSpec()
                        .build(),
                new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("postgres")
                        .withNamespace("app")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .endSpec()
                        .build(),
                new CronJobBuilder()
                        .withNewMetadata()
                        .withName("backup")
                        .withNamespace("app")
                        .endMetadata()
                        .withNewSpec()
                        .withSchedule("* * * * *")
                        .endSpec()
                        .build());
    }

    private WorkloadStop stop() {
        return cluster.access().workloadStop();
    }

    @Test
    void everythingIsStoppedOnceAndPutBackAsItWas() {
        assertThat(stop().list("app")).isEqualTo(RUNNING);

        assertThat(stop().stop("app", new Fence("app", 7))).isEqualTo(3);
        assertThat(stop().stop("app", new Fence("app", 7))).as("again").isZero();
        assertThat(stop().list("app")).extracting(StoppedWorkload::replicas).containsOnly(0);

        assertThat(stop().start("app", RUNNING, new Fence("app", 8))).isEqualTo(3);
        assertThat(stop().list("app")).isEqualTo(RUNNING);
    }

    @Test
    void anotherNamespaceIsLeftAlone() {
        assertThat(stop().stop("other", new Fence("app", 7))).isZero();
        assertThat(stop().list("app")).isEqualTo(RUNNING);
    }

    @Test
    void whoWasFencedOffStopsNothing() {
        stop().stop("app", new Fence("app", 9));
        stop().start("app", RUNNING, new Fence("app", 9));

        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> stop().stop("app", new Fence("app", 8)));
        assertThat(stop().list("app")).isEqualTo(RUNNING);
        assertThat(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace("app")
                        .withName("web")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .isEqualTo(Map.of("lifeboat.dev/app.fence", "9"));
    }
}
