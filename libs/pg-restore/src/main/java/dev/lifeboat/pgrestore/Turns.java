package dev.lifeboat.pgrestore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Deals a table's rows out to its parts, in turns of {@value #TURN_BYTES} bytes, each up to the next row's end: the first turn to part 0,
 * the next one to part 1, and so on. A line feed ends a row wherever it stands, since COPY text writes one in a value as {@code \n}. The
 * same rows and number of parts always give the same parts, however the rows arrive: a restore that is resumed relies on it.
 */
final class Turns implements Closeable {
    /** Long enough that a search for the row's end costs nothing, short enough that parts come out even. */
    static final int TURN_BYTES = 256 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream rows;
    private final int parts;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int limit;
    private int turn;
    private int bytesOfTurn;

    /** @param rows closed with this */
    Turns(InputStream rows, int parts) {
        this.rows = rows;
        this.parts = parts;
    }

    /**
     * Goes to the next piece.
     *
     * @return whether there is one
     */
    boolean next() throws IOException {
        endTurnIfFull();
        from = to;
        if (from == limit) {
            from = 0;
            limit = Math.max(0, rows.read(buffer, 0, buffer.length));
        }
        to = endOfPiece();
        bytesOfTurn += to - from;
        return to > from;
    }

    private void endTurnIfFull() {
        if (bytesOfTurn > TURN_BYTES && buffer[to - 1] == '\n') {
            bytesOfTurn = 0;
            turn = (turn + 1) % parts;
        }
    }

    /** Behind the last byte in the buffer that belongs to the turn for certain. */
    private int endOfPiece() {
        int full = TURN_BYTES - bytesOfTurn;
        if (full > 0) {
            return Math.min(limit, from + full);
        }
        int at = from;
        while (at < limit) {
            if (buffer[at++] == '\n') {
                break;
            }
        }
        return at;
    }

    /** Whose the piece is. */
    int part() {
        return turn;
    }

    /** Bytes of the piece. */
    int length() {
        return to - from;
    }

    /** Copies some of the piece's bytes. */
    void copy(int start, byte[] target, int offset, int length) {
        System.arraycopy(buffer, from + start, target, offset, length);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
