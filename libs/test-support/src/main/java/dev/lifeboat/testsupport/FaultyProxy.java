package dev.lifeboat.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a client and a real HTTP server and does to the wire what networks do: faults are taken from a script, one for
 * each {@code GET} of an object; when it is spent, everything passes. One request for each connection.
 */
public final class FaultyProxy implements AutoCloseable {
    /** What happens to one answer. */
    public record Fault(Kind kind, int afterBodyBytes, String answer) {
        /** How. */
        public enum Kind {
            /** The connection is closed in good order, too early. */
            CUT,
            /** The connection is reset. */
            RESET,
            /** Nothing more comes, until the client gives up. */
            STALL,
            /** Another answer is given, and the server is not asked. */
            ANSWER
        }

        public static Fault cutAfter(int bodyBytes) {
            return new Fault(Kind.CUT, bodyBytes, null);
        }

        public static Fault resetAfter(int bodyBytes) {
            return new Fault(Kind.RESET, bodyBytes, null);
        }

        public static Fault stallAfter(int bodyBytes) {
            return new Fault(Kind.STALL, bodyBytes, null);
        }

        /** An error of S3: {@code status} such as {@code "503 Slow Down"}, {@code code} such as {@code "SlowDown"}. */
        public static Fault s3Error(String status, String code) {
            String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                    + "</Code><Message>as the test wants it</Message></Error>";
            return new Fault(
                    Kind.ANSWER,
                    0,
                    "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                            + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    private static final Pattern RANGE = Pattern.compile("(?im)^range: *(.*?)\r?$");

    private final ServerSocket listener;
    private final URI server;
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private Thread acceptor;
    private volatile Fault always;

    private FaultyProxy(ServerSocket listener, URI server) {
        this.listener = listener;
        this.server = server;
    }

    /** Starts one in front of {@code server}, on a free port of 127.0.0.1. */
    public static FaultyProxy before(URI server) {
        try {
            FaultyProxy proxy = new FaultyProxy(
                    new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), server);
            proxy.acceptor = daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Adds faults for the next object GETs, in this order; null lets one pass. */
    public void script(Fault... faults) {
        for (Fault fault : faults) {
            script.add(fault == null ? new Fault(null, 0, null) : fault);
        }
    }

    /** From now on does this to every request, of whatever kind. */
    public void always(Fault fault) {
        always = fault;
    }

    /** The Range headers of the object GETs so far, {@code "none"} where there was none. */
    public List<String> ranges() {
        return List.copyOf(ranges);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            // The kernel goes on accepting for it until it notices.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            Fault fault = faultFor(head);
            if (fault != null && fault.kind() == Fault.Kind.ANSWER) {
                client.getOutputStream().write(fault.answer().getBytes(StandardCharsets.UTF_8));
                return;
            }
            forward(head, client, upstream);
            answer(upstream.getInputStream(), client, fault);
        } catch (IOException e) {
            // The client or the server went away, which is what tests make them do.
        }
    }

    private Fault faultFor(String head) {
        if (always != null) {
            return always;
        }
        if (!head.startsWith("GET ") || head.contains("list-type=2")) {
            return null;
        }
        Matcher range = RANGE.matcher(head);
        ranges.add(range.find() ? range.group(1) : "none");
        Fault next = script.poll();
        return next == null || next.kind() == null ? null : next;
    }

    private static void forward(String head, Socket client, Socket upstream) throws IOException {
        String closing =
                head.replaceFirst("(?im)^connection:.*\r\n", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        upstream.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
        upstream.getOutputStream().flush();
        InputStream body = client.getInputStream();
        OutputStream to = upstream.getOutputStream();
        daemon(() -> {
            try {
                body.transferTo(to);
            } catch (IOException e) {
                // The answer came first.
            }
        });
    }

    private static void answer(InputStream from, Socket client, Fault fault) throws IOException {
        OutputStream to = client.getOutputStream();
        to.write(head(from).getBytes(StandardCharsets.ISO_8859_1));
        if (fault == null) {
            from.transferTo(to);
            return;
        }
        to.write(from.readNBytes(fault.afterBodyBytes()));
        to.flush();
        if (fault.kind() == Fault.Kind.RESET) {
            client.setSoLinger(true, 0);
        } else if (fault.kind() == Fault.Kind.STALL) {
            // Ends when the client hangs up.
            while (client.getInputStream().read() >= 0) {}
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            matched = b == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : b == '\r' ? 1 : 0;
            if (matched == 4) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
