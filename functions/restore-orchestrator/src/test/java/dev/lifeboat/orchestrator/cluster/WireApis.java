package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.Json;
import dev.lifeboat.kubernetes.ClusterConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/**
 * EKS, an API server and an application over a real wire: each path answers what it is told. What is patched or put at a path of an API
 * server answers there from then on; what nobody told of is 404, as an object that is not there.
 */
final class WireApis implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> writes = new CopyOnWriteArrayList<>();
    private final EksClient eks;
    /** Whether the API server's port answers; EKS and the application always do. */
    private volatile boolean apiAnswers = true;

    private record Answer(int status, String body) {}

    /** A request that may change something. */
    record Asked(String method, String path, String type, JsonNode body) {
        String line() {
            return method + " " + path;
        }
    }

    WireApis() {
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
        eks = EksClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .endpointOverride(URI.create(address()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** Lets a namespace have a Deployment, a StatefulSet and a CronJob. */
    void workloads(String namespace, int web, int postgres, boolean suspended) {
        String apps = "/apis/apps/v1/namespaces/" + namespace + "/";
        on(apps + "deployments", list("DeploymentList", workload(namespace, "web", "'replicas': " + web)));
        on(apps + "statefulsets", list("StatefulSetList", workload(namespace, "postgres", "'replicas': " + postgres)));
        on(
                "/apis/batch/v1/namespaces/" + namespace + "/cronjobs",
                list("CronJobList", workload(namespace, "backup", "'schedule': '0 2 * * *', 'suspend': " + suspended)));
    }

    private static String workload(String namespace, String name, String spec) {
        return "{'metadata': {'name': '" + name + "', 'namespace': '" + namespace
                + "', 'resourceVersion': '5'}, 'spec': {" + spec + "}}";
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    EksView eks() {
        return new EksView(eks);
    }

    Function<String, ClusterConnection> clusters() {
        return cluster ->
                new ClusterConnection(cluster, apiAnswers ? address() : "http://127.0.0.1:9", null, () -> "token");
    }

    WireApis on(String path, int status, String body) {
        answers.put(path, new Answer(status, body.replace('\'', '"')));
        return this;
    }

    WireApis on(String path, String body) {
        return on(path, 200, body);
    }

    void loseApi() {
        apiAnswers = false;
    }

    /** An EKS cluster with a node group and add-ons that are well, and an API server with a ready node and the system's pods. */
    WireApis well(String cluster) {
        on("/clusters/" + cluster, "{'cluster': {'name': '" + cluster + "', 'status': 'ACTIVE'}}");
        on("/clusters/" + cluster + "/node-groups", "{'nodegroups': ['workers']}");
        on("/clusters/" + cluster + "/node-groups/workers", "{'nodegroup': {'status': 'ACTIVE', 'health': {}}}");
        on("/clusters/" + cluster + "/addons", "{'addons': []}");
        on("/readyz", "ok");
        nodes("True");
        String pods = String.join(
                ", ",
                AssessCluster.SYSTEM_PODS.stream()
                        .map(name -> pod(name, "True"))
                        .toList());
        return on("/api/v1/namespaces/kube-system/pods", list("PodList", pods));
    }

    WireApis nodes(String ready) {
        return on(
                "/api/v1/nodes",
                list(
                        "NodeList",
                        "{'metadata': {'name': 'n', 'labels': {'topology.kubernetes.io/zone': 'z'}}, 'status': {'conditions': [{'type': 'Ready', 'status': '"
                                + ready + "'}]}}"));
    }

    static String pod(String name, String ready) {
        return "{'metadata': {'name': '" + name
                + "', 'labels': {'app': 'postgres'}}, 'spec': {'containers': []}, 'status': {'phase': 'Running', 'podIP':"
                + " '127.0.0.1', 'conditions': [{'type': 'Ready', 'status': '" + ready
                + "'}], 'containerStatuses': []}}";
    }

    static String list(String kind, String items) {
        String group = List.of("DeploymentList", "StatefulSetList").contains(kind)
                ? "apps/v1"
                : kind.equals("CronJobList") ? "batch/v1" : "v1";
        return "{'apiVersion': '" + group + "', 'kind': '" + kind + "', 'metadata': {}, 'items': [" + items + "]}";
    }

    /** Requests that may change something, in their order. */
    List<Asked> writes() {
        return writes;
    }

    List<String> writeLines() {
        return writes.stream().map(Asked::line).toList();
    }

    /** What is there now. */
    JsonNode kept(String path) {
        Answer answer = answers.get(path);
        try {
            return answer == null || answer.status() != 200
                    ? MissingNode.getInstance()
                    : Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answers.getOrDefault(path, new Answer(404, "{\"kind\": \"Status\", \"code\": 404}"));
            if (!exchange.getRequestMethod().equals("GET")) {
                JsonNode body = text.isEmpty()
                        ? JsonNodeFactory.instance.objectNode()
                        : Json.mapper().readTree(text);
                writes.add(new Asked(
                        exchange.getRequestMethod(),
                        path,
                        String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                        body));
                answer = written(exchange.getRequestMethod(), path, body);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer written(String method, String path, JsonNode body) throws IOException {
        if (method.equals("DELETE")) {
            answers.remove(path);
            return new Answer(200, "{\"kind\": \"Status\", \"status\": \"Success\"}");
        }
        Answer before = answers.get(path);
        ObjectNode now = before == null || before.status() != 200
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) Json.mapper().readTree(before.body());
        merge(now, body);
        Answer answer = new Answer(200, now.toString());
        answers.put(path, answer);
        return answer;
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (field.getValue().isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    @Override
    public void close() {
        eks.close();
        server.stop(0);
    }
}
