package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class DatabaseSecretsTest {
    private final AtomicReference<HttpHandler> answer = new AtomicReference<>();
    private HttpServer server;
    private SecretsManagerClient client;
    private DatabaseSecrets secrets;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer.get().handle(exchange));
        server.start();
        client = SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        secrets = new DatabaseSecrets(client);
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @Test
    void readsRoleAndPassword() {
        answer(
                200,
                "{\"Name\":\"app\",\"SecretString\":\"{\\\"username\\\":\\\"postgres\\\",\\\"password\\\":\\\"p\\\"}\"}");

        assertThat(secrets.read("app")).isEqualTo(new Credentials("postgres", "p"));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new Credentials("postgres", "geheim")).hasToString("Credentials[username=postgres]");
    }

    @Test
    void aSecretOfAnotherFormIsNamedWithoutItsContent() {
        answer(200, "{\"Name\":\"app\",\"SecretString\":\"{\\\"user\\\":\\\"geheim\\\"}\"}");

        assertThatThrownBy(() -> secrets.read("app"))
                .isExactlyInstanceOf(MisconfiguredException.class)
                .hasMessage("Secret 'app' is not of the form that is expected of it. HINT: Give it the value"
                        + " {\"username\": \"...\", \"password\": \"...\"} and no other field.")
                .hasNoCause();
    }

    @Test
    void aMissingSecretIsAFaultOfTheInstallation() {
        answer(400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"no such secret\"}");

        assertThatThrownBy(() -> secrets.read("app"))
                .isExactlyInstanceOf(MisconfiguredException.class)
                .hasMessage("Cannot read secret 'app': Secrets Manager answered 400 ResourceNotFoundException. HINT:"
                        + " Check the secret's name and the permissions of the function's role.");
    }

    @Test
    void throttlingAndFaultsOfTheServiceMayPass() {
        answer(400, "{\"__type\":\"ThrottlingException\",\"Message\":\"slow down\"}");
        assertThatThrownBy(() -> secrets.read("app")).isExactlyInstanceOf(AwsUnavailableException.class);

        answer(503, "{}");
        assertThatThrownBy(() -> secrets.read("app")).isExactlyInstanceOf(AwsUnavailableException.class);
    }

    @Test
    void noAnswerMayPass() {
        server.stop(0);

        assertThatThrownBy(() -> secrets.read("app"))
                .isExactlyInstanceOf(AwsUnavailableException.class)
                .hasMessageStartingWith("Cannot read secret 'app': ");
    }

    private void answer(int status, String json) {
        answer.set(exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
