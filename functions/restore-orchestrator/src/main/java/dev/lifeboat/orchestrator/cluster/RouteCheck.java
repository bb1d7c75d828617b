package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LoadBalancerAddress;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.RouteHealth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks health URLs as a user would once DNS leads to a load balancer: its address, the URL's host name in TLS and in the request. The
 * certificate has to be good for that name, and nothing is asked of DNS but the load balancer's own name.
 */
final class RouteCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}).*");

    private final Function<String, ClusterConnection> clusters;
    private final SSLSocketFactory tls;

    RouteCheck(Function<String, ClusterConnection> clusters) {
        this(clusters, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    RouteCheck(Function<String, ClusterConnection> clusters, SSLContext trusted) {
        this(clusters, trusted.getSocketFactory());
    }

    private RouteCheck(Function<String, ClusterConnection> clusters, SSLSocketFactory tls) {
        this.clusters = clusters;
        this.tls = tls;
    }

    RouteHealth check(Target target, Generation generation) {
        if (target.loadBalancer() == null) {
            return new RouteHealth(true, null, null, "The target names no load balancer.", List.of());
        }
        LoadBalancerAddress address;
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(generation.cluster()))) {
            address = access.loadBalancers()
                    .find(
                            target.loadBalancer().namespace(),
                            target.loadBalancer().name());
        } catch (KubernetesUnavailableException e) {
            return new RouteHealth(false, null, null, e.getMessage(), List.of());
        }
        String host = address.hostname() == null ? address.ip() : address.hostname();
        List<UrlHealth> results =
                target.healthUrls().stream().map(url -> ask(host, url)).toList();
        boolean healthy = results.stream().allMatch(UrlHealth::healthy);
        String reason =
                results.stream().map(each -> each.url() + ": " + each.reason()).collect(Collectors.joining("; "));
        return new RouteHealth(
                healthy,
                address.hostname(),
                address.ip(),
                reason.isEmpty() ? "There is no health URL to ask." : reason,
                results);
    }

    private UrlHealth ask(String through, String url) {
        long start = System.nanoTime();
        Integer status = null;
        String reason;
        try {
            status = status(through, URI.create(url));
            reason = status == 200 ? "answers 200" : "answers " + status + ", expected 200";
        } catch (UnknownHostException e) {
            reason = "host name of the load balancer cannot be resolved";
        } catch (IOException | IllegalArgumentException e) {
            reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new UrlHealth(url, status, status != null && status == 200, reason, millis);
    }

    private int status(String through, URI url) throws IOException {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        try (Socket plain = new Socket()) {
            plain.setSoTimeout((int) TIMEOUT.toMillis());
            plain.connect(new InetSocketAddress(through, port), (int) TIMEOUT.toMillis());
            try (Socket socket = secure ? handshake(plain, url.getHost(), port) : plain) {
                String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
                String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
                String host = url.getPort() > 0 ? url.getHost() + ":" + url.getPort() : url.getHost();
                String request = "GET " + path + query + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUser-Agent: lifeboat-health-check\r\nAccept: */*\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return statusLine(socket);
            }
        }
    }

    /** As a browser does: it names the host, and the certificate must be the host's. */
    private Socket handshake(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int statusLine(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 256);
        char[] head = new char[128];
        int length = 0;
        int read;
        while (length < head.length && (read = reader.read(head, length, head.length - length)) > 0) {
            length += read;
            if (new String(head, 0, length).contains("\r\n")) {
                break;
            }
        }
        Matcher matcher =
                STATUS.matcher(new String(head, 0, length).lines().findFirst().orElse(""));
        if (!matcher.matches()) {
            throw new IOException("does not speak HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
