package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.SqlLexer.Piece;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a plain dump, the script that {@code pg_dump --format=plain} writes, from its beginning: statement by statement, and each
 * table's rows. Constant memory, besides a statement. Of psql's meta-commands it knows {@code restrict} and {@code unrestrict}, and
 * {@code connect} to the very database that the script creates; it obeys none. A script that does not end in pg_dump's last comment is
 * truncated. Not thread-safe.
 */
public final class ScriptReader implements Closeable {
    /** What statements of pg_dump's begin with (pg_dump.c, pg_backup_archiver.c, dumputils.c): anything else is not SQL of its own. */
    private static final Set<String> FIRST_WORDS = Set.of(
            "alter",
            "begin",
            "comment",
            "commit",
            "copy",
            "create",
            "drop",
            "grant",
            "insert",
            "refresh",
            "reset",
            "revoke",
            "security",
            "select",
            "set",
            "update");

    private static final String NOT_OF_ITS_OWN =
            "Dump one database with pg_dump; scripts of pg_dumpall and of people can't be verified.";

    private final ScriptInput in;
    private final SqlLexer lexer;
    private final ScriptFrame frame;
    private final Compression compression;
    private DataComment comment;
    private boolean inRows;
    private int tables;

    private ScriptReader(ScriptInput in, Compression compression) {
        this.in = in;
        this.lexer = new SqlLexer(in, false);
        this.frame = new ScriptFrame(in);
        this.compression = compression;
    }

    /** @param gzipped whether it is a gzip file */
    static ScriptReader of(String name, ArchiveInput bytes, boolean gzipped) {
        InputStream script = gzipped ? new GunzippedInputStream(bytes) : new UndividedInputStream(bytes);
        return new ScriptReader(new ScriptInput(name, script), gzipped ? Compression.GZIP : Compression.NONE);
    }

    /**
     * The next statement; null at the end of a script that is whole. Rows of the statement before that were not read are passed over.
     *
     * @throws ArchiveException when the script is not what pg_dump writes, or ends early
     * @throws IOException when the source fails
     */
    public ScriptStatement next() throws IOException {
        try {
            skipRows();
            comment = null;
            return nextStatement();
        } catch (SqlSyntaxException e) {
            throw broken(e);
        }
    }

    private ScriptStatement nextStatement() throws IOException {
        for (Piece piece = lexer.next(); ; piece = lexer.next()) {
            switch (piece) {
                case COMMENT -> comment();
                case META_COMMAND -> frame.metaCommand(lexer);
                case STATEMENT -> {
                    return statement();
                }
                case UNENDED -> throw in.truncated("the statement that begins on line " + lexer.line());
                case END -> {
                    frame.end();
                    return null;
                }
            }
        }
    }

    private void comment() {
        String line = lexer.piece();
        frame.comment(line);
        if (line.startsWith("-- Data for Name: ")) {
            comment = DataComment.of(line);
        } else if (line.startsWith("-- Name: ")) {
            comment = null;
        }
    }

    private ScriptStatement statement() throws IOException {
        frame.requireInside();
        List<SqlStatement> parsed = SqlStatement.parse(lexer.piece());
        SqlStatement sql = parsed.isEmpty() ? new SqlStatement("", List.of()) : parsed.get(0);
        if (sql.tokens().isEmpty() || !FIRST_WORDS.contains(sql.tokens().get(0).value())) {
            throw in.corrupt("line " + lexer.line() + " begins with '" + SqlStatement.shown(lexer.piece())
                    + "', expected a statement of pg_dump's.");
        }
        if (sql.startsWith("INSERT")) {
            throw in.unsupported(
                    "its rows are INSERT statements, expected COPY text.",
                    "Dump without --inserts, --column-inserts and --rows-per-insert.");
        }
        frame.statement(sql);
        if (sql.startsWith("COPY")) {
            enterRows(sql);
        }
        return new ScriptStatement(sql, lexer.line(), in.keptStart());
    }

    private void enterRows(SqlStatement copy) throws IOException {
        int size = copy.tokens().size();
        boolean known = size >= 6
                && copy.nameAt(1) != null
                && copy.tokens().get(2).isSymbol(".")
                && copy.nameAt(3) != null
                && copy.tokens().get(size - 2).is("FROM")
                && copy.tokens().get(size - 1).is("stdin");
        if (!known) {
            throw in.corrupt("line " + lexer.line() + " is '" + SqlStatement.shown(copy.text())
                    + "', expected COPY schema.table (columns) FROM stdin.");
        }
        if (in.at(0) >= 0 && in.at(0) != '\n') {
            throw in.corrupt("the rows do not begin on a line of their own.");
        }
        in.skip(1);
        in.enterRows();
        inRows = true;
        tables++;
    }

    /**
     * The entry that the table's rows would have in an archive, for the COPY statement that was read last: the table that they were dumped from,
     * and the statement, which may load them into the partition root above it.
     */
    public TocEntry tableData(ScriptStatement copy) {
        String schema = copy.sql().nameAt(1);
        String name = copy.sql().nameAt(3);
        boolean own = comment == null || comment.isOf(schema, name);
        return new TocEntry(
                tables,
                TocEntry.TABLE_DATA,
                own ? schema : comment.schema(),
                own ? name : comment.name(),
                comment == null ? "" : comment.owner(),
                Section.DATA,
                null,
                null,
                copy.sql().text() + ";\n",
                null,
                null,
                List.of(),
                true,
                OptionalLong.of(copy.start()),
                0,
                0,
                (char) 0);
    }

    /**
     * The rows that follow the COPY statement that was read last, each ended by a line feed, without the line {@code \.} that ends them.
     * Closing the stream does nothing.
     */
    public InputStream rows() {
        return new BulkInputStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int got = inRows ? in.readRows(target, offset, length) : -1;
                inRows &= got >= 0;
                return got;
            }
        };
    }

    private void skipRows() throws IOException {
        byte[] buffer = inRows ? new byte[1 << 16] : new byte[0];
        while (inRows) {
            inRows = in.readRows(buffer, 0, buffer.length) >= 0;
        }
    }

    /** What has been read of the head: complete from the first statement on. The database is null in a dump made without --create. */
    public ArchiveHeader header() {
        return frame.header(compression, tables);
    }

    /** The encoding of statements and rows, as PostgreSQL calls it: {@code UTF8}. */
    public String encoding() {
        return in.encoding().name();
    }

    /** The byte of the decompressed script that is read next: behind the statement, or behind the rows that were read of it. */
    public long position() {
        return in.position();
    }

    private ArchiveException broken(SqlSyntaxException e) {
        if (e.unended()) {
            return in.truncated(e.getMessage().substring("ends within ".length()));
        }
        return in.unsupported("it " + e.getMessage() + ".", NOT_OF_ITS_OWN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
