package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;

/** What pg_dump can write into one object; its name says which. */
public enum DumpFormat {
    /** {@code pg_dump --format=custom}. */
    ARCHIVE,
    /** {@code pg_dump --format=plain}. */
    SCRIPT,
    /** The same in a gzip file. */
    GZIPPED_SCRIPT;

    /** By the end of the name: {@code .sql}, {@code .sql.gz}; anything else is an archive, or turns out to be none. */
    public static DumpFormat of(String key) {
        if (key.endsWith(".sql")) {
            return SCRIPT;
        }
        return key.endsWith(".sql.gz") ? GZIPPED_SCRIPT : ARCHIVE;
    }

    /** Whether it is a script, which has no table of contents. */
    public boolean isScript() {
        return this != ARCHIVE;
    }

    /**
     * Opens a dump of this format.
     *
     * @param source closed with the dump, and when opening fails
     * @throws ArchiveException when it is not what pg_dump writes
     * @throws IOException when the source fails
     */
    public DumpContents open(ByteSource source) throws IOException {
        return isScript() ? PlainScript.open(source, this == GZIPPED_SCRIPT) : PgArchive.open(source);
    }

    /**
     * Verifies a dump of this format in constant memory.
     *
     * @param source may be read as well; not closed
     * @param whole all bytes of {@code source}; read to its end once, not closed
     * @see ArchiveVerifier
     * @see ScriptVerifier
     */
    public ArchiveVerification verify(ByteSource source, InputStream whole, ArchiveVerifier.Observer progress)
            throws IOException {
        return switch (this) {
            case ARCHIVE -> ArchiveVerifier.verify(source, whole, progress);
            case SCRIPT -> ScriptVerifier.verify(source.name(), whole, false, progress);
            case GZIPPED_SCRIPT -> ScriptVerifier.verify(source.name(), whole, true, progress);
        };
    }
}
