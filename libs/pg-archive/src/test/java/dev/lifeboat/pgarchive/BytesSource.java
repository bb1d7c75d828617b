package dev.lifeboat.pgarchive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** An archive in memory that counts what is open, and refuses to be read once closed, as a file does. */
final class BytesSource implements ByteSource {
    private final byte[] bytes;
    private final AtomicInteger open = new AtomicInteger();
    private boolean closed;

    BytesSource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return "test.dump";
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream open(long offset, long length) {
        Objects.checkFromIndexSize(offset, /* size= */ length, /* length= */ (long) bytes.length);
        open.incrementAndGet();
        return new ByteArrayInputStream(bytes, (int) offset, (int) length) {
            private boolean ended;

            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                if (ended || closed) {
                    throw new IllegalStateException("Read after it was closed");
                }
                return super.read(target, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (!ended) {
                    ended = true;
                    open.decrementAndGet();
                }
            }
        };
    }

    int openStreams() {
        return open.get();
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
