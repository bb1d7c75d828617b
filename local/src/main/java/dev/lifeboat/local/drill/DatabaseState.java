package dev.lifeboat.local.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What belongs to a database besides its rows, written down as sorted lines: roles, owners, grants, settings, limits,
 * comments and the whole schema.
 *
 * @param parts lines by what they are about
 */
record DatabaseState(Map<String, List<String>> parts) {
    private static final Map<String, String> QUERIES = queries();

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("roles", """
                SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,
                       rolconnlimit, rolvaliduntil, CASE WHEN oid = 10 THEN 'not compared' ELSE rolpassword END
                FROM pg_authid WHERE rolname !~ '^pg_' ORDER BY rolname COLLATE "C"
                """);
        queries.put("role memberships", """
                SELECT r.rolname, m.rolname, a.admin_option
                FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
                WHERE m.rolname !~ '^pg_' ORDER BY r.rolname COLLATE "C", m.rolname COLLATE "C"
                """);
        queries.put("comments on roles", """
                SELECT rolname, shobj_description(oid, 'pg_authid') FROM pg_authid
                WHERE rolname !~ '^pg_' ORDER BY rolname COLLATE "C"
                """);
        queries.put("settings of roles and of the database", """
                SELECT coalesce(r.rolname, '(every role)'), coalesce(d.datname, '(every database)'), unnest(s.setconfig)
                FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole
                     LEFT JOIN pg_database d ON d.oid = s.setdatabase
                WHERE s.setdatabase = 0 OR d.datname = '${database}' ORDER BY 1, 2, 3
                """);
        queries.put("owner, encoding, locale, limit and comment of the database", """
                SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype, datconnlimit,
                       datallowconn, datistemplate, shobj_description(oid, 'pg_database')
                FROM pg_database WHERE datname = '${database}'
                """);
        queries.put("grants on the database", """
                SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END,
                       pg_get_userbyid(a.grantor), a.privilege_type, a.is_grantable
                FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                WHERE d.datname = '${database}' ORDER BY 1, 2, 3
                """);
        return queries;
    }

    /** Writes the live database's state down. */
    static DatabaseState of(LiveDatabase database) throws SQLException, IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            parts.put(
                    query.getKey(),
                    database.rows(Names.DATABASE, query.getValue().replace("${database}", Names.DATABASE)));
        }
        parts.put("populated materialised views", database.rows(Names.DATABASE, """
                SELECT oid::regclass, relispopulated FROM pg_class WHERE relkind = 'm' ORDER BY 1
                """));
        LiveDatabase.ProgramResult schema =
                database.run("pg_dump", "--schema-only", "--create", "--dbname", Names.DATABASE);
        if (schema.exitCode() != 0) {
            throw new DrillFailure("pg_dump --schema-only failed: " + schema.output());
        }
        parts.put("schema with owners, grants and comments (pg_dump --schema-only --create)", lines(schema.output()));
        return new DatabaseState(parts);
    }

    private static List<String> lines(String sql) {
        // \restrict carries a random word each time.
        return Stream.of(sql.split("\n", -1))
                .filter(line -> !line.isBlank() && !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .toList();
    }

    /** How this part differs from that of another state, in a few lines; empty when it does not. */
    static String difference(List<String> before, List<String> after) {
        if (before.equals(after)) {
            return "";
        }
        List<String> lost = new ArrayList<>(before);
        after.forEach(lost::remove);
        List<String> added = new ArrayList<>(after);
        before.forEach(added::remove);
        String text = sample("lost", lost) + sample("added", added);
        return text.isEmpty() ? "the same lines in another order" : text.strip();
    }

    private static String sample(String what, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : what + " " + lines.size() + ": "
                        + String.join(" / ", lines.subList(0, Math.min(3, lines.size())))
                        + (lines.size() > 3 ? " … " : " ");
    }
}
