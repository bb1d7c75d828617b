package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ByteSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An archive in which something happens, once, as soon as one of its bytes has been read: in the middle of a COPY, say. What is read
 * from the archive's beginning on is its table of contents, and does not count.
 */
final class AtByte implements ByteSource {
    private final ByteSource archive;
    private final long at;
    private final Runnable event;
    private final AtomicBoolean happened;

    /**
     * @param at the byte, counted from the archive's first
     * @param happened set when it has; shared by whatever opens the archive anew
     */
    AtByte(ByteSource archive, long at, Runnable event, AtomicBoolean happened) {
        this.archive = archive;
        this.at = at;
        this.event = event;
        this.happened = happened;
    }

    @Override
    public String name() {
        return archive.name();
    }

    @Override
    public long length() throws IOException {
        return archive.length();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        return new FilterInputStream(archive.open(offset, length)) {
            private long position = offset;

            @Override
            public int read(byte[] target, int start, int wanted) throws IOException {
                int got = super.read(target, start, wanted);
                position += Math.max(0, got);
                if (offset > 0 && offset <= at && at < position && happened.compareAndSet(false, true)) {
                    event.run();
                }
                return got;
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
