package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;

/**
 * A source from its beginning, fetched segment by segment, for a reader that does not know yet how much it needs: a table
 * of contents takes one or two requests, and no connection has to be given up with gigabytes unread.
 */
final class SegmentedInputStream extends BulkInputStream {
    private final ByteSource source;
    private final long length;
    private final int segmentBytes;
    private InputStream segment = InputStream.nullInputStream();
    private long next;
    private long inSegment;

    SegmentedInputStream(ByteSource source, long length, int segmentBytes) {
        this.source = source;
        this.length = length;
        this.segmentBytes = segmentBytes;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (inSegment == 0) {
            if (next == length) {
                return -1;
            }
            segment.close();
            inSegment = Math.min(segmentBytes, length - next);
            segment = source.open(next, inSegment);
        }
        int got = segment.read(target, offset, (int) Math.min(count, inSegment));
        if (got > 0) {
            next += got;
            inSegment -= got;
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
