package dev.lifeboat.local.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A load balancer and the ingress controller behind it, which routes only while one of its own pods is ready: each host name gets a loopback address of its own (what DNS
 * would resolve it to), and what comes in there goes to a ready pod of the Service that the Ingress names for that host.
 */
final class LoadBalancer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5000;

    private final TypedObjects objects;
    private final PodNetwork network;
    private final Service front;
    private final Map<String, HttpServer> listeners = new ConcurrentHashMap<>();
    private final ExecutorService workers =
            Executors.newCachedThreadPool(task -> ApiServer.daemon(task, "load-balancer"));

    LoadBalancer(TypedObjects objects, PodNetwork network, Service front) {
        this.objects = objects;
        this.network = network;
        this.front = front;
    }

    String address(String host) {
        InetSocketAddress address =
                listeners.computeIfAbsent(host, this::listen).getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Its own address, where the Host header of a request says what it is for. Opened when first asked for. */
    String address() {
        return listeners
                .computeIfAbsent("", this::listen)
                .getAddress()
                .getAddress()
                .getHostAddress();
    }

    private static String hostOf(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Host");
        return header == null ? "" : header.replaceFirst(":\\d+$", "");
    }

    private HttpServer listen(String host) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(network.allocate(), 8080), 0);
            server.setExecutor(workers);
            server.createContext("/", exchange -> forward(host.isEmpty() ? hostOf(exchange) : host, exchange));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen for " + host, e);
        }
    }

    private void forward(String host, HttpExchange exchange) throws IOException {
        try (exchange) {
            // One that does not answer is passed over for the next one: ingress-nginx, "proxy-next-upstream", error and
            // timeout.
            String problem = null;
            for (URI pod : backends(host)) {
                try {
                    Answer answer = ask(exchange, pod);
                    send(exchange, answer.status(), answer.body());
                    return;
                } catch (IOException e) {
                    problem = "pod " + pod + ": " + e.getMessage();
                }
            }
            send(exchange, problem == null ? 503 : 502, problem == null ? "no ready pod for " + host : problem);
        }
    }

    private record Answer(int status, String body) {}

    private static Answer ask(HttpExchange exchange, URI pod) throws IOException {
        URI target = pod.resolve(exchange.getRequestURI().getPath());
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            int status = connection.getResponseCode();
            try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
                String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(status, body);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private List<URI> backends(String host) {
        String namespace = front.getMetadata().getNamespace();
        if (objects.selected(Pod.class, namespace, front.getSpec().getSelector()).stream()
                .noneMatch(Pods::ready)) {
            return List.of();
        }
        List<Ingress> ingresses = objects.list(Ingress.class, namespace, ingress -> true);
        Optional<Service> routed = ingresses.stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .filter(rule -> host.equals(rule.getHost()))
                .map(rule -> rule.getHttp().getPaths().get(0).getBackend().getService())
                .map(IngressServiceBackend::getName)
                .flatMap(name -> objects.find(Service.class, namespace, name).stream())
                .findFirst();
        if (routed.isEmpty() && !ingresses.isEmpty()) {
            return List.of();
        }
        Service service = routed.orElse(front);
        List<Pod> ready = objects
                .selected(Pod.class, namespace, service.getSpec().getSelector())
                .stream()
                .filter(Pods::ready)
                .toList();
        int first = ready.isEmpty() ? 0 : (int) (System.nanoTime() % ready.size());
        return IntStream.range(0, ready.size())
                .mapToObj(i -> uri(service, ready.get((first + i) % ready.size())))
                .toList();
    }

    private static URI uri(Service service, Pod pod) {
        int port = NetworkProbe.port(
                service.getSpec().getPorts().get(0).getTargetPort(),
                pod.getSpec().getContainers().get(0));
        return URI.create("http://" + pod.getStatus().getPodIP() + ":" + port);
    }

    @Override
    public void close() {
        listeners.values().forEach(server -> server.stop(0));
        workers.shutdownNow();
    }
}
