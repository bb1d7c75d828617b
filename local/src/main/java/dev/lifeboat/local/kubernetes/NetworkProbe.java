package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** The httpGet and tcpSocket probes. */
final class NetworkProbe {
    private NetworkProbe() {}

    static int timeoutSeconds(Probe probe) {
        return probe.getTimeoutSeconds() == null ? 1 : Math.max(1, probe.getTimeoutSeconds());
    }

    static boolean answers(Probe probe, String ip, Container container) {
        int timeout = timeoutSeconds(probe) * 1000;
        try {
            if (probe.getHttpGet() != null) {
                int port = port(probe.getHttpGet().getPort(), container);
                return status(
                                URI.create("http://" + ip + ":" + port
                                        + probe.getHttpGet().getPath()),
                                timeout)
                        < 400;
            }
            if (probe.getTcpSocket() != null) {
                try (Socket socket = new Socket()) {
                    socket.connect(
                            new InetSocketAddress(ip, port(probe.getTcpSocket().getPort(), container)), timeout);
                    return true;
                }
            }
            throw ApiFault.notImplemented("a probe other than exec, httpGet and tcpSocket");
        } catch (IOException e) {
            return false;
        }
    }

    private static int status(URI uri, int timeout) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    static int port(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(candidate -> port.getStrVal().equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> ApiFault.invalid("port " + port.getStrVal() + " is not one of the container's"));
    }
}
