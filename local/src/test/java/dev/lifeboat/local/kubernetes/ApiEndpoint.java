package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.tls.LoopbackCertificate;
import dev.lifeboat.testsupport.RealKubernetes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An API server without controllers, ours or a real one, spoken to without a client of Kubernetes' that would smooth anything over. */
abstract class ApiEndpoint implements AutoCloseable {
    static final String JSON = "application/json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    /** What differs from one server, and from one second, to the next. */
    private static final Set<String> VARYING = Set.of("uid", "resourceVersion", "creationTimestamp", "managedFields");

    private final URI base;
    private final String token;
    private final HttpClient client;
    private final AtomicInteger namespaces = new AtomicInteger();

    private ApiEndpoint(URI base, String token, SSLContext trust) {
        this.base = base;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    static ApiEndpoint embedded(Path directory) {
        ApiObjects objects = new ApiObjects(Clock.systemUTC());
        LoopbackCertificate certificate = LoopbackCertificate.create(directory);
        ApiServer server = new ApiServer(
                certificate,
                new ApiRequests(objects, pod -> ""),
                authorization -> "Bearer token".equals(authorization));
        return new ApiEndpoint(server.endpoint(), "token", RealKubernetes.trusting(certificate.authorityPem())) {
            @Override
            String tokenOf(String namespace, String account) {
                return objects.tokens().issue(namespace, account);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    static ApiEndpoint real() {
        RealKubernetes kubernetes = RealKubernetes.start();
        return new ApiEndpoint(kubernetes.endpoint(), kubernetes.administrator(), kubernetes.trust()) {
            @Override
            String tokenOf(String namespace, String account) {
                return kubernetes
                        .kubectl("", "create", "token", account, "--namespace=" + namespace)
                        .orFail()
                        .output()
                        .strip();
            }

            @Override
            public void close() {
                kubernetes.close();
            }
        };
    }

    /**
     * What was answered.
     *
     * @param code of HTTP
     * @param body as it came
     */
    record Answer(int code, JsonNode body) {
        /** Without what varies: the object's name for itself, versions and times. */
        JsonNode plain() {
            JsonNode plain = body.deepCopy();
            strip(plain);
            return plain;
        }

        private static void strip(JsonNode node) {
            if (node instanceof ObjectNode object) {
                object.remove(VARYING);
            }
            node.forEach(Answer::strip);
        }

        String at(String pointer) {
            return body.at(pointer).asText();
        }
    }

    /** A token of a service account. */
    abstract String tokenOf(String namespace, String account);

    /** A namespace of its own, with the service account that pods take. */
    String namespace() {
        String name = "n" + namespaces.incrementAndGet();
        send("POST", "/api/v1/namespaces", JSON, "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
        send(
                "POST",
                "/api/v1/namespaces/" + name + "/serviceaccounts",
                JSON,
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}");
        return name;
    }

    Answer get(String path) {
        return send("GET", path, "", "");
    }

    /** @param body in JSON or in YAML, which is sent as JSON */
    Answer send(String method, String path, String type, String body) {
        return send(token, method, path, type, body);
    }

    Answer send(String bearer, String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", JSON)
                .method(
                        method,
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(json(body).toString()));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String text) {
        // With the mark of a document it is read as YAML, of which JSON is a part.
        return TypedObjects.SERIALIZATION.unmarshal("---\n" + text, JsonNode.class);
    }

    @Override
    public abstract void close();
}
