package dev.lifeboat.pgarchive;

import java.io.IOException;

/** The large objects of a data block: an OID and chunks for each, and OID 0 at the end. */
final class BlockLargeObjects implements LargeObjectSequence {
    private final ArchiveInput in;
    private final BlockContent content;

    /** Takes over both, behind the block's head. */
    BlockLargeObjects(ArchiveInput in, BlockContent content) {
        this.in = in;
        this.content = content;
    }

    @Override
    public long next() throws IOException {
        long oid = readOid(in);
        content.restart();
        return oid;
    }

    /** An OID, or 0 behind the last large object. */
    static long readOid(ArchiveInput in) throws IOException {
        // WriteInt takes an int: OIDs from 2^31 on are stored as negative numbers.
        return Integer.toUnsignedLong(in.readInt("large object's OID"));
    }

    @Override
    public BlockContent content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
