package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The parameter store over a real wire. */
final class FakeParameters implements AutoCloseable {
    private final TestingAwsApi api = TestingAwsApi.start();
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final SsmClient client;

    FakeParameters() {
        api.on("AmazonSSM.GetParameter", this::get);
        api.on("AmazonSSM.PutParameter", this::put);
        client = SsmClient.builder()
                .endpointOverride(api.endpoint())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }

    SsmClient client() {
        return client;
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    String value(String name) {
        return values.get(name);
    }

    private Answer get(Request request) {
        String name = json(request).path("Name").asText();
        String value = values.get(name);
        return value == null
                ? Answer.error(400, "ParameterNotFound", name)
                : Answer.ok(Json.compact(Map.of("Parameter", Map.of("Name", name, "Value", value))));
    }

    private Answer put(Request request) {
        values.put(
                json(request).path("Name").asText(), json(request).path("Value").asText());
        return Answer.ok("{\"Version\":2}");
    }

    private static JsonNode json(Request request) {
        try {
            return Json.mapper().readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
