package dev.lifeboat.local.drill;

import dev.lifeboat.local.cloudflare.DnsRecord;
import dev.lifeboat.local.cloudflare.EmbeddedCloudflare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * DNS as everybody in a drill sees it: load balancers by names of their own, and the records at Cloudflare, wherever they lead now. Written
 * to a file as /etc/hosts is, which functions read at every question. Thread-safe.
 */
final class Hosts implements AutoCloseable {
    private static final List<String> RECORDS = List.of(Names.APP_HOST, Names.API_HOST);
    private static final int TIMEOUT_MILLIS = 4000;

    private final Path file;
    private final EmbeddedCloudflare cloudflare;
    private final Supplier<Map<String, String>> loadBalancers;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hosts");
        thread.setDaemon(true);
        return thread;
    });
    private String written = "";

    /**
     * @param file is written now, and whenever something has changed
     * @param loadBalancers addresses by host name
     */
    Hosts(Path file, EmbeddedCloudflare cloudflare, Supplier<Map<String, String>> loadBalancers) {
        this.file = file;
        this.cloudflare = cloudflare;
        this.loadBalancers = loadBalancers;
        write();
        var unused = writer.scheduleWithFixedDelay(this::write, 100, 100, TimeUnit.MILLISECONDS);
    }

    Path file() {
        return file;
    }

    private Map<String, String> addresses() {
        Map<String, String> balancers = loadBalancers.get();
        Map<String, String> addresses = new TreeMap<>(balancers);
        for (String name : RECORDS) {
            for (DnsRecord record : cloudflare.records(name)) {
                String address = record.type().equals("CNAME") ? balancers.get(record.content()) : record.content();
                if (address != null) {
                    addresses.put(name, address);
                }
            }
        }
        return addresses;
    }

    private synchronized void write() {
        String text = "127.0.0.1 localhost " + thisMachine() + "\n"
                + addresses().entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey() + "\n")
                        .collect(Collectors.joining());
        if (text.equals(written)) {
            return;
        }
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static String thisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Whether a URL answers 200 to who asks wherever its name leads now. */
    boolean answers(String url) {
        URI asked = URI.create(url);
        Optional<String> address = Optional.ofNullable(addresses().get(asked.getHost()));
        return address.isPresent() && status(address.get(), asked) == 200;
    }

    /** By hand: Java's clients let nobody say what a name leads to. 0 for no answer. */
    private static int status(String address, URI url) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, url.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
