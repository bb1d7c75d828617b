package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An embedded cluster for a test, with a client that speaks to it as a function does. */
final class TestCluster implements AutoCloseable {
    static final String TOKEN = "k8s-aws-v1."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
                                    + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
                                    + "&X-Amz-Signature=00ff")
                            .getBytes(StandardCharsets.UTF_8));

    private final Path directory;
    private final EmbeddedKubernetes kubernetes;

    TestCluster() throws IOException {
        this(Map.of());
    }

    /** @param programs text of scripts that the image shall hold, by name */
    TestCluster(Map<String, String> programs) throws IOException {
        this(programs, Map.of("AWS_REGION", "us-east-1"));
    }

    /** @param identity what Pod Identity gives a pod */
    TestCluster(Map<String, String> programs, Map<String, String> identity) throws IOException {
        directory = Files.createTempDirectory("lifeboat-test");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path repository = programs.isEmpty() ? repository() : directory.resolve("repository");
        if (!programs.isEmpty()) {
            Path image = Files.createDirectories(repository.resolve("images/postgres"));
            for (Map.Entry<String, String> program : programs.entrySet()) {
                Files.writeString(image.resolve(program.getKey()), program.getValue());
            }
        }
        kubernetes = EmbeddedKubernetes.start(new KubernetesOptions(
                repository,
                directory.resolve("cluster"),
                directory.resolve("logs"),
                postgresPrograms(),
                () -> identity,
                "SELECT 1",
                Clock.systemUTC()));
    }

    static Path repository() {
        return Path.of(System.getProperty("lifeboat.root"));
    }

    static Path postgresPrograms() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    EmbeddedKubernetes kubernetes() {
        return kubernetes;
    }

    KubernetesClient client(String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(kubernetes.endpoint().toString())
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(kubernetes.certificateAuthority().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Waited 20 s in vain: " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        kubernetes.close();
        Volumes.deleteTree(directory);
    }
}
