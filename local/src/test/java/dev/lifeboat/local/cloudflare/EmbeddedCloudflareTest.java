package dev.lifeboat.local.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The envelopes, errors and states that Cloudflare's API reference describes. */
class EmbeddedCloudflareTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedCloudflare cloudflare;
    private String zone;

    @BeforeEach
    void start() throws Exception {
        cloudflare = EmbeddedCloudflare.start("token");
        cloudflare.addZone("example.org");
        cloudflare.addRecord("example.org", "CNAME", "app.example.org", "old.elb.amazonaws.com", true);
        zone = get("/zones?name=example.org").at("/result/0/id").asText();
    }

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @Test
    void listsZonesAndRecordsByNameWithPaging() throws Exception {
        assertThat(get("/zones?name=other.org").path("result")).isEmpty();
        JsonNode records = get("/zones/" + zone + "/dns_records?name=app.example.org&type=CNAME");
        assertThat(records.path("success").asBoolean()).isTrue();
        assertThat(records.at("/result/0/content").asText()).isEqualTo("old.elb.amazonaws.com");
        assertThat(records.at("/result_info/total_count").asInt()).isEqualTo(1);
        assertThat(get("/zones/" + zone + "/dns_records?page=2&per_page=1").path("result"))
                .isEmpty();
    }

    @Test
    void patchesOnlyTheFieldsThatAreGiven() throws Exception {
        JsonNode patched = send("PATCH", records() + "/" + id(), "{\"content\":\"new.elb.amazonaws.com\"}");
        assertThat(patched.at("/result/content").asText()).isEqualTo("new.elb.amazonaws.com");
        assertThat(patched.at("/result/proxied").asBoolean()).isTrue();
        assertThat(cloudflare.records("app.example.org"))
                .extracting(DnsRecord::content)
                .containsExactly("new.elb.amazonaws.com");
    }

    @Test
    void createsReplacesAndDeletes() throws Exception {
        JsonNode created = send("POST", records(), record("A", "api.example.org", "192.0.2.1"));
        String id = created.at("/result/id").asText();
        send("PUT", records() + "/" + id, record("A", "api.example.org", "192.0.2.2"));
        assertThat(cloudflare.records("api.example.org"))
                .extracting(DnsRecord::content)
                .containsExactly("192.0.2.2");
        assertThat(send("DELETE", records() + "/" + id, "").at("/result/id").asText())
                .isEqualTo(id);
        assertThat(send("DELETE", records() + "/" + id, "").toString())
                .contains("\"code\":81044,\"message\":\"Record does not exist.\"");
    }

    @Test
    void refusesWhatTheDnsForbids() throws Exception {
        assertThat(send("POST", records(), record("A", "app.example.org", "192.0.2.1"))
                        .at("/errors/0/code")
                        .asInt())
                .isEqualTo(81053);
        assertThat(send("POST", records(), record("CNAME", "app.example.org", "old.elb.amazonaws.com"))
                        .at("/errors/0/code")
                        .asInt())
                .isEqualTo(81058);
        assertThat(send("POST", records(), record("A", "x.example.org", "not-an-address"))
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("Content for A record must be a valid IPv4 address.");
        assertThat(send("POST", records(), record("A", "x.other.org", "192.0.2.1"))
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("DNS name is invalid.");
    }

    @Test
    void refusesAnotherTokenAndNone() throws Exception {
        HttpResponse<String> wrong = http.send(
                HttpRequest.newBuilder(uri("/zones"))
                        .header("Authorization", "Bearer x")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("\"code\":9109,\"message\":\"Invalid access token\"");
        HttpResponse<String> none =
                http.send(HttpRequest.newBuilder(uri("/zones")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(none.statusCode()).isEqualTo(400);
    }

    @Test
    void remembersWhatItDoesNotKnow() throws Exception {
        assertThat(get("/accounts").path("success").asBoolean()).isFalse();
        assertThat(get("/zones?order=name").at("/errors/0/code").asInt()).isEqualTo(501);
        assertThat(cloudflare.unknownRequests())
                .containsExactly("GET /client/v4/accounts", "GET /client/v4/zones?order=name");
    }

    private String records() {
        return "/zones/" + zone + "/dns_records";
    }

    private String id() throws Exception {
        return get(records()).at("/result/0/id").asText();
    }

    private static String record(String type, String name, String content) {
        return "{\"type\":\"" + type + "\",\"name\":\"" + name + "\",\"content\":\"" + content + "\"}";
    }

    private URI uri(String path) {
        return URI.create(cloudflare.endpoint() + path);
    }

    private JsonNode get(String path) throws Exception {
        return send("GET", path, "");
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer token")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.mapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
