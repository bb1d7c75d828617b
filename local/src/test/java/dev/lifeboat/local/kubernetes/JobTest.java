package dev.lifeboat.local.kubernetes;

import static dev.lifeboat.local.kubernetes.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs and CronJobs whose pods are processes. */
class JobTest {
    private static final String MANIFEST = """
            apiVersion: v1
            kind: Secret
            metadata: {name: secret, namespace: shop}
            stringData: {password: s3cret}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data: {directory: /backups/today}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: backup, namespace: shop}
            spec:
              schedule: "0 2 * * *"
              jobTemplate:
                spec:
                  backoffLimit: 1
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: backup
                          image: shop/backup:1
                          command: ["/opt/lifeboat/bin/backup.sh"]
                          args: ["$(GREETING) world", "/backups/argument"]
                          env:
                            - {name: GREETING, value: hello}
                            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: secret, key: password}}}
                            - {name: DIRECTORY, valueFrom: {configMapKeyRef: {name: settings, key: directory}}}
                            - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                          volumeMounts: [{name: storage, mountPath: /backups}]
                      volumes: [{name: storage, persistentVolumeClaim: {claimName: backups}}]
            """;

    @Test
    void givesItsProcessTheManifestsEnvironmentArgumentsAndVolumes() throws IOException {
        String script = """
                #!/bin/bash
                mkdir -p "$DIRECTORY"
                printf '%s\\n' "$1" "$PASSWORD" "$POD_IP" "$AWS_REGION" > "$DIRECTORY/out"
                touch "$2"; echo printed
                """;
        try (TestCluster cluster = new TestCluster(Map.of("backup.sh", script))) {
            cluster.kubernetes().apply(MANIFEST);
            String job = cluster.kubernetes().trigger("shop", "backup");
            await(
                    "the job",
                    () -> cluster.kubernetes().jobSucceeded("shop", job).isPresent());

            assertThat(cluster.kubernetes().jobSucceeded("shop", job)).contains(true);
            Pod pod = cluster.kubernetes().list(Pod.class, "shop").get(0);
            assertThat(Files.readAllLines(
                            cluster.kubernetes().claim("shop", "backups").resolve("today/out")))
                    .containsExactly("hello world", "s3cret", pod.getStatus().getPodIP(), "us-east-1");
            assertThat(cluster.kubernetes().claim("shop", "backups").resolve("argument"))
                    .exists();
            assertThat(cluster.kubernetes().log(pod)).isEqualTo("printed\n");
            assertThat(cluster.kubernetes().unknownRequests()).isEmpty();
        }
    }

    @Test
    void triesAgainUpToItsBackOffLimitAndFails() throws IOException {
        try (TestCluster cluster = new TestCluster(Map.of("backup.sh", "#!/bin/bash\nexit 3\n"))) {
            cluster.kubernetes().apply(MANIFEST);
            String job = cluster.kubernetes().trigger("shop", "backup");
            await(
                    "the job",
                    () -> cluster.kubernetes().jobSucceeded("shop", job).isPresent());

            assertThat(cluster.kubernetes().jobSucceeded("shop", job)).contains(false);
            List<Pod> pods = cluster.kubernetes().list(Pod.class, "shop");
            assertThat(pods).hasSize(2);
            assertThat(pods.get(0)
                            .getStatus()
                            .getContainerStatuses()
                            .get(0)
                            .getState()
                            .getTerminated()
                            .getExitCode())
                    .isEqualTo(3);
        }
    }

    @Test
    void readsCronSchedules() {
        CronSchedule halfHourly = CronSchedule.parse("*/30 * * * *");
        assertThat(halfHourly.isDue(ZonedDateTime.parse("2026-11-23T10:30:12Z")))
                .isTrue();
        assertThat(halfHourly.isDue(ZonedDateTime.parse("2026-11-23T10:31:00Z")))
                .isFalse();
        CronSchedule daily = CronSchedule.parse("0 2 * * *");
        assertThat(daily.isDue(ZonedDateTime.parse("2026-11-23T02:00:00Z"))).isTrue();
        assertThat(daily.isDue(ZonedDateTime.parse("2026-11-23T14:00:00Z"))).isFalse();
        CronSchedule sundays = CronSchedule.parse("15 4 * * 7");
        assertThat(sundays.isDue(ZonedDateTime.parse("2026-11-22T04:15:00Z"))).isTrue();
        assertThat(sundays.isDue(ZonedDateTime.parse("2026-11-23T04:15:00Z"))).isFalse();
    }
}
