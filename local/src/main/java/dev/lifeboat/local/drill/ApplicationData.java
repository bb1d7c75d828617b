package dev.lifeboat.local.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Makes the database of a realistic application: users, sessions, conversations, messages, an audit log. */
final class ApplicationData implements DrillData {
    private final int rows;

    ApplicationData(int rows) {
        this.rows = rows;
    }

    @Override
    public void load(LiveDatabase database) throws SQLException {
        String roles =
                script("roles.sql").replace("${app_password}", database.names().applicationPassword());
        database.execute("postgres", roles);
        database.execute("postgres", script("database.sql").replace("${database}", Names.DATABASE));
        database.execute(Names.DATABASE, script("schema.sql"));
        database.execute(Names.DATABASE, script("data.sql").replace("${rows}", Integer.toString(rows)));
    }

    @Override
    public String probeQuery() {
        return "SELECT 1 FROM users LIMIT 1";
    }

    @Override
    public String writeStatement() {
        return script("write.sql");
    }

    @Override
    public String countWrites() {
        return "SELECT count(*) FROM public.messages WHERE metadata @> '{\"writer\": \"drill\"}'";
    }

    @Override
    public String describe() {
        return "the application's database, " + rows + " rows";
    }

    private static String script(String name) {
        String path = "/dev/lifeboat/local/application/" + name;
        try (InputStream in = ApplicationData.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }
}
