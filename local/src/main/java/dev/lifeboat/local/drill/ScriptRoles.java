package dev.lifeboat.local.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The roles that a script of pg_dump names as owners and in grants. Reads it line by line: a dump may be larger than memory. */
final class ScriptRoles {
    private static final Pattern OWNER = Pattern.compile("OWNER TO (\"(?:[^\"]|\"\")+\"|[^;\\s]+);");
    private static final Pattern GRANTEE =
            Pattern.compile("(?:GRANT|REVOKE) [^;]* (?:TO|FROM) (\"(?:[^\"]|\"\")+\"|[^;\\s]+)[^;]*;");
    private static final Pattern BEGINS = Pattern.compile("\\s*(?:ALTER|GRANT|REVOKE)\\s.*");
    private static final Pattern COPY = Pattern.compile("COPY .* FROM stdin;");
    private static final String END_OF_DATA = "\\.";
    private static final Set<String> NO_ROLES = Set.of("PUBLIC", "CURRENT_USER", "SESSION_USER");
    /** In characters; a longer statement is not one that names a role. */
    private static final int LONGEST_STATEMENT = 1 << 16;

    private ScriptRoles() {}

    static Set<String> of(Path script) throws IOException {
        Set<String> roles = new TreeSet<>();
        // Not Files.newBufferedReader, which gives up at the first byte that is no UTF-8.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(script), StandardCharsets.UTF_8))) {
            StringBuilder statement = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (COPY.matcher(line).matches()) {
                    skipData(lines);
                } else if (statement.length() > 0 || BEGINS.matcher(line).matches()) {
                    statement.append(line).append('\n');
                    if (line.contains(";") || statement.length() > LONGEST_STATEMENT) {
                        addMatches(OWNER, statement, roles);
                        addGrantees(statement, roles);
                        statement.setLength(0);
                    }
                }
            }
        }
        return roles;
    }

    private static void skipData(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(END_OF_DATA)) {
            line = lines.readLine();
        }
    }

    static void addGrantees(CharSequence statements, Set<String> roles) {
        addMatches(GRANTEE, statements, roles);
    }

    private static void addMatches(Pattern pattern, CharSequence text, Set<String> roles) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String role = matcher.group(1);
            if (role.startsWith("\"")) {
                roles.add(role.substring(1, role.length() - 1).replace("\"\"", "\""));
            } else if (!NO_ROLES.contains(role)) {
                roles.add(role);
            }
        }
    }
}
