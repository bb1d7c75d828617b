package dev.lifeboat.pgarchive;

/** How an archive lies in its storage (ArchiveFormat of pg_backup.h). */
public enum ArchiveFormat {
    /** One file: {@code pg_dump --format=custom}. */
    CUSTOM(1, "It is an archive in custom format: read it as a file of its own."),
    /**
     * A directory of files: {@code pg_dump --format=directory}. Its header has the number of the tar format
     * (_CloseArchive of pg_backup_directory.c).
     */
    DIRECTORY(3, "It is the toc.dat of an archive in directory format: name the directory."),
    /** A script of SQL, which is no archive: {@code pg_dump --format=plain}. */
    PLAIN(4, "It is a plain dump: name it .sql or .sql.gz.");

    private final int number;
    private final String hint;

    ArchiveFormat(int number, String hint) {
        this.number = number;
        this.hint = hint;
    }

    /** As in the header. */
    int number() {
        return number;
    }

    /** What to do with an archive of that number where one of this format is expected. */
    String hintAbout(int found) {
        for (ArchiveFormat format : values()) {
            if (format.number == found) {
                return format.hint;
            }
        }
        return "Dump with pg_dump --format=custom or --format=directory.";
    }
}
