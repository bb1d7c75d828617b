package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final String PASSWORD = "password";

    @TempDir
    Path directory;

    private KeyStore keys;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        keys = newKeys("server.p12");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body =
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(404, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theClustersOwnCertificateAuthorityIsTrusted() throws Exception {
        assertThat(messageOfLocating(pem(keys)))
                .startsWith("Service shop/postgres does not exist in cluster test-eks.");
    }

    @Test
    void anotherOneIsNot() throws Exception {
        String other = pem(newKeys("other.p12"));

        assertThatExceptionOfType(KubernetesUnavailableException.class)
                .isThrownBy(() -> locate(other))
                .withMessageStartingWith(
                        "Cannot read Service shop/postgres in cluster test-eks: the API did not answer (")
                .withRootCauseInstanceOf(GeneralSecurityException.class);
    }

    private String messageOfLocating(String certificateAuthority) {
        try {
            locate(certificateAuthority);
            return "found";
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    private void locate(String certificateAuthority) {
        String endpoint = "https://127.0.0.1:" + server.getAddress().getPort();
        try (KubernetesAccess access = KubernetesAccess.open(
                new ClusterConnection("test-eks", endpoint, certificateAuthority, () -> "k8s-aws-v1.token"))) {
            access.postgres().locate("shop", "postgres");
        }
    }

    private static String pem(KeyStore keys) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getCertificate("api").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private KeyStore newKeys(String file) throws Exception {
        Path store = directory.resolve(file);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "api"));
        command.addAll(List.of("-keyalg", "EC", "-dname", "CN=kubernetes", "-ext", "SAN=ip:127.0.0.1", "-ext", "bc:c"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("keytool.log").toFile())
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
