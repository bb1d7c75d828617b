package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The rows of a table's content: what comes before the line {@code \.}, which pg_dump writes behind the last row, followed
 * by line feeds. No row can look like it, because COPY doubles a backslash in data. The stream ends only behind that line; without
 * it, or with anything but line feeds behind it, the content is broken. A server before PostgreSQL 18 would stop at it
 * silently and ignore the rest, wherever it stands.
 */
final class CopyTextInputStream extends BulkInputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TERMINATOR_BYTES = 3;

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
            throw in.corruptContent("its rows end without the line '\\.' that pg_dump ends them with.");
        }
        limit += got;
        decide();
    }

    /** Moves {@link #ready} as far as can be told, and ends the stream at the terminator. */
    private void decide() throws IOException {
        int at = 0;
        while (at < limit) {
            if (atLineStart && buffer[at] == '\\') {
                if (limit - at < TERMINATOR_BYTES) {
                    break;
                }
                if (buffer[at + 1] == '.' && buffer[at + 2] == '\n') {
                    ready = at;
                    end(at + TERMINATOR_BYTES);
                    return;
                }
            }
            at = behindLine(at);
        }
        ready = at;
    }

    private int behindLine(int from) {
        int at = from;
        while (at < limit) {
            if (buffer[at++] == '\n') {
                atLineStart = true;
                return at;
            }
        }
        atLineStart = false;
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
                throw in.corruptContent("something follows the line '\\.' that ends its rows.");
            }
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
