package dev.lifeboat.testsupport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real, empty Kubernetes control plane on loopback: etcd and kube-apiserver with its default admission and RBAC; on demand
 * kube-controller-manager, kube-scheduler, and kwok, which plays the kubelets of nodes that exist in the API alone. Its programs are those that
 * {@code scripts/kube-apiserver-tools} builds. They end with this JVM, however that ends.
 */
public final class RealKubernetes implements AutoCloseable {
    private static final String DIRECTORY_VARIABLE = "LIFEBOAT_KUBE_TOOLS";
    private static final Path DEFAULT_DIRECTORY = Path.of("/usr/local/lib/lifeboat-kube");
    private static final List<String> SERVERS = List.of("etcd", "kube-apiserver", "kubectl");
    private static final List<String> CONTROLLERS = List.of("kube-controller-manager", "kube-scheduler", "kwok");
    private static final String ADMINISTRATORS = "system:masters";
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final List<ServerProcess> processes = new ArrayList<>();
    private final URI endpoint;
    private String certificateAuthority;
    private SSLContext context;

    private RealKubernetes(Path directory, URI endpoint) {
        this.directory = directory;
        this.endpoint = endpoint;
    }

    /**
     * Why a test cannot have one here; empty when it can.
     *
     * @param controllers whether {@link #startControllers} is to work, too
     */
    public static Optional<String> leftOut(boolean controllers) {
        Path programs = programs();
        return Stream.concat(SERVERS.stream(), controllers ? CONTROLLERS.stream() : Stream.empty())
                .filter(program -> !Files.isExecutable(programs.resolve(program)))
                .findFirst()
                .map(missing -> "left out: there is no " + missing + " in " + programs + ". HINT: run"
                        + " scripts/kube-apiserver-tools, or set " + DIRECTORY_VARIABLE + ".");
    }

    private static Path programs() {
        String named = System.getenv(DIRECTORY_VARIABLE);
        return named == null || named.isBlank() ? DEFAULT_DIRECTORY : Path.of(named);
    }

    /**
     * Starts etcd and an API server, and waits until it is ready: some seconds.
     *
     * @param groups whose members {@link #token} is to be of, beside the administrators
     * @throws IllegalStateException with the server's log, when it does not get ready
     */
    public static RealKubernetes start(String... groups) {
        leftOut(false).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        try {
            RealKubernetes kubernetes = new RealKubernetes(
                    Files.createTempDirectory("lifeboat-kubernetes"), URI.create("https://127.0.0.1:" + freePort()));
            try {
                kubernetes.startServers(groups);
                return kubernetes;
            } catch (IOException | RuntimeException e) {
                kubernetes.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a Kubernetes API server", e);
        }
    }

    private void startServers(String... groups) throws IOException {
        tokens.put(ADMINISTRATORS, UUID.randomUUID().toString());
        for (String group : groups) {
            tokens.put(group, UUID.randomUUID().toString());
        }
        List<String> users = new ArrayList<>();
        tokens.forEach((group, token) -> users.add(token + "," + group + "," + group + ",\"" + group + "\""));
        Path tokenFile = Files.write(directory.resolve("tokens.csv"), users);
        Path key = writeKey();
        URI etcd = URI.create("http://127.0.0.1:" + freePort());
        String peer = "http://127.0.0.1:" + freePort();
        launch(
                "etcd",
                "--data-dir=" + directory.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
        ServerProcess server = launch(
                "kube-apiserver",
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                // An endpoint on loopback is none that the API takes.
                "--endpoint-reconciler-type=none",
                "--secure-port=" + endpoint.getPort(),
                "--cert-dir=" + directory.resolve("certificates"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokenFile,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key);
        // Made by the server itself: its own, then the authority's that signed it.
        Path certificates = directory.resolve("certificates").resolve("apiserver.crt");
        await(server, "kube-apiserver", () -> Files.exists(certificates));
        certificateAuthority = Files.readString(certificates);
        context = trusting(certificateAuthority);
        await(server, "kube-apiserver", this::isReady);
        writeKubeconfig();
    }

    /**
     * Starts every controller, a scheduler and kwok, and makes nodes of these names. Pods run there in the API alone, as {@code kwok-stages.yaml}
     * says: an image whose tag is {@code withdrawn} cannot be pulled.
     */
    public void startControllers(List<String> nodes) {
        leftOut(true).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        String kubeconfig = "--kubeconfig=" + kubeconfig();
        launch(
                "kube-controller-manager",
                kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--root-ca-file=" + directory.resolve("certificates").resolve("apiserver.crt"));
        launch("kube-scheduler", kubeconfig, "--leader-elect=false", "--secure-port=0");
        launch(
                "kwok",
                kubeconfig,
                "--manage-all-nodes=true",
                "--node-lease-duration-seconds=40",
                // It would listen on every address, for what kubelets are asked.
                "--node-port=0",
                "--config=" + stages());
        nodes.forEach(node -> kubectl(
                        "{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {kubernetes.io/hostname: %s}}}"
                                .formatted(node, node),
                        "create",
                        "-f",
                        "-")
                .orFail());
    }

    private Path stages() {
        try (InputStream in = RealKubernetes.class.getResourceAsStream("kwok-stages.yaml")) {
            Path file = directory.resolve("stages.yaml");
            Files.copy(in, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write kwok's stages", e);
        }
    }

    /** What its programs have printed, for the message of a test that waited in vain. */
    public String logs() {
        return processes.stream().map(ServerProcess::log).collect(Collectors.joining("\n"));
    }

    /** The API server's address, {@code https://127.0.0.1:...}. */
    public URI endpoint() {
        return endpoint;
    }

    /** What a client has to trust, as PEM. */
    public String certificateAuthority() {
        return certificateAuthority;
    }

    /** The same for an HTTP client. */
    public SSLContext trust() {
        return context;
    }

    /** A token of somebody who may do everything. */
    public String administrator() {
        return tokens.get(ADMINISTRATORS);
    }

    /**
     * A token of a member of that group and no other.
     *
     * @param group one of those that it was started with
     */
    public String token(String group) {
        return Optional.ofNullable(tokens.get(group))
                .orElseThrow(() -> new IllegalArgumentException("Started without group " + group));
    }

    /** Runs {@code kubectl} as an administrator, with that as its standard input. */
    public ProgramResult kubectl(String input, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command("kubectl", arguments));
        builder.environment().put("KUBECONFIG", kubeconfig().toString());
        builder.environment().put("HOME", directory.toString());
        return Programs.run(builder, input.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        Collections.reverse(processes);
        processes.forEach(ServerProcess::kill);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    private void writeKubeconfig() throws IOException {
        String authority = Base64.getEncoder().encodeToString(certificateAuthority.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(kubeconfig(), """
                apiVersion: v1
                kind: Config
                current-context: it
                contexts: [{name: it, context: {cluster: it, user: it}}]
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: it, user: {token: %s}}]
                """.formatted(endpoint, authority, administrator()));
    }

    /** It signs the tokens of service accounts. */
    private Path writeKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return Files.writeString(
                    directory.resolve("service-accounts.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    private ServerProcess launch(String program, String... arguments) {
        List<String> command = command(program, arguments);
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(0, List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        }
        // kwok reads a configuration in its user's home, which is somebody's.
        command.addAll(0, List.of("/usr/bin/env", "HOME=" + directory));
        ServerProcess process = ServerProcess.start(command, directory.resolve(program + ".log"));
        processes.add(process);
        return process;
    }

    private static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(programs().resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(ServerProcess process, String program, Condition condition) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(program + " did not get ready:\n" + process.log());
            }
            ServerProcess.pause();
        }
    }

    private boolean isReady() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/readyz"))
                .header("Authorization", "Bearer " + administrator())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newBuilder()
                            .sslContext(context)
                            .build()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while kube-apiserver started", e);
        }
    }

    /** Trusts these certificates, in PEM, and no others. */
    public static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("certificate-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The API server's certificate cannot be read", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
