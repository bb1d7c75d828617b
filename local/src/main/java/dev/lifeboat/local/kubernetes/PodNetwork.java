package dev.lifeboat.local.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses for pods: a /16 block of loopback for each cluster, so that clusters beside each other do not clash and a
 * pod can listen on its real port. Linux answers on all of 127.0.0.0/8.
 */
final class PodNetwork implements AutoCloseable {
    /** Held on the block's first address for as long as the cluster runs: two clusters never share a block. */
    private static final int LOCK_PORT = 7946;

    private final ServerSocket lock;
    private final int block;
    private final AtomicInteger next = new AtomicInteger(10);

    PodNetwork() {
        lock = lockFreeBlock();
        block = lock.getInetAddress().getAddress()[1] & 0xff;
    }

    private static ServerSocket lockFreeBlock() {
        for (int attempt = 0; ; attempt++) {
            try {
                return lock(ThreadLocalRandom.current().nextInt(16, 250));
            } catch (IOException e) {
                if (attempt == 50) {
                    throw new UncheckedIOException("No free block of loopback addresses for pods", e);
                }
            }
        }
    }

    private static ServerSocket lock(int block) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, (byte) block, 0, 1}), LOCK_PORT));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    String allocate() {
        int number = next.getAndIncrement();
        return "127." + block + "." + (number >> 8) % 256 + "." + (number & 255);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
