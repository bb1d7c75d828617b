package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The rows of a table's content: what comes before the line {@code \.}, which pg_dump writes behind the last row, followed
 * by line feeds. No row can look like it, because COPY doubles a backslash in data. The stream ends only behind that line; without
 * it, or with anything but line feeds behind it, the content is broken. A server before PostgreSQL 18 would stop at it
 * silently and ignore the rest, wherever it stands.
 */
final class CopyTextInputStream extends BulkInputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TERMINATOR_BYTES = 3;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final BlockContent content;
    private final ArchiveInput in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    // [next, ready) is for the caller, [ready, limit) still undecided: at most the beginning of a terminator.
    private int next;
    private int ready;
    private int limit;
    private boolean atLineStart = true;
    private boolean ended;

    CopyTextInputStream(BlockContent content, ArchiveInput in) {
        this.content = content;
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (next == ready) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int step = Math.min(length, ready - next);
        System.arraycopy(buffer, next, target, offset, step);
        next += step;
        return step;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, ready, buffer, 0, limit - ready);
        limit -= ready;
        next = 0;
        ready = 0;
        int got = content.read(buffer, limit, buffer.length - limit);
        if (got < 0) {
            throw unterminated(in);
        }
        limit += got;
        decide();
    }

    /** Moves {@link #ready} as far as can be told, and ends the stream at the terminator. */
    private void decide() throws IOException {
        int at = backslash(0);
        while (at < limit) {
            if (at == 0 ? atLineStart : buffer[at - 1] == '\n') {
                if (limit - at < TERMINATOR_BYTES) {
                    break;
                }
                if (buffer[at + 1] == '.' && buffer[at + 2] == '\n') {
                    ready = at;
                    end(at + TERMINATOR_BYTES);
                    return;
                }
            }
            at = backslash(at + 1);
        }
        ready = at;
        atLineStart = ready == 0 ? atLineStart : buffer[ready - 1] == '\n';
    }

    /** Where the next backslash is, or the limit: eight bytes at a time, since rows have few. */
    private int backslash(int from) {
        int at = from;
        while (at <= limit - Long.BYTES) {
            long differing = (long) LONGS.get(buffer, at) ^ BACKSLASHES;
            long found = (differing - LOW_BITS) & ~differing & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < limit && buffer[at] != '\\') {
            at++;
        }
        return at;
    }

    private void end(int behindTerminator) throws IOException {
        requireLineFeeds(buffer, behindTerminator, limit);
        byte[] rest = new byte[64];
        int got = content.read(rest, 0, rest.length);
        while (got >= 0) {
            requireLineFeeds(rest, 0, got);
            got = content.read(rest, 0, rest.length);
        }
        limit = ready;
        ended = true;
    }

    private void requireLineFeeds(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                throw trailing(in);
            }
        }
    }

    static ArchiveException unterminated(ArchiveInput in) {
        return in.corruptContent("its rows end without the line '\\.' that pg_dump ends them with.");
    }

    static ArchiveException trailing(ArchiveInput in) {
        return in.corruptContent("something follows the line '\\.' that ends its rows.");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
