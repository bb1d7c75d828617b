package dev.lifeboat.bench;

import dev.lifeboat.testsupport.RealPostgres;
import java.util.Locale;

/** The databases that are dumped: made of the same rows each time, in the size that is asked for. */
enum SampleDatabase {
    /** A shop: four tables of very different size, with indexes that take about as much as the rows. */
    SHOP("""
            CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text, since timestamptz,
                address jsonb);
            CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL, placed timestamptz NOT NULL,
                status text NOT NULL, total numeric(12,2) NOT NULL, note text);
            CREATE TABLE items (id bigint PRIMARY KEY, "order" bigint NOT NULL, product int NOT NULL, quantity int NOT NULL,
                price numeric(10,2) NOT NULL);
            CREATE TABLE events (id uuid PRIMARY KEY, at timestamptz NOT NULL, customer bigint, kind text, payload jsonb);
            INSERT INTO customers SELECT i, 'customer' || i || '@example.org', 'Name ' || md5(i::text),
                timestamptz '2020-01-01 00:00+00' + i * interval '1 minute',
                jsonb_build_object('street', md5((i * 7)::text), 'number', i % 200, 'city', 'City ' || i % 1000)
                FROM generate_series(1, %1$d * 170) i;
            INSERT INTO orders SELECT i, i %% (%1$d * 170) + 1, timestamptz '2022-01-01 00:00+00' + i * interval '7 seconds',
                (ARRAY['new', 'paid', 'sent', 'returned'])[i %% 4 + 1], (i * 37 %% 100000) / 100.0,
                CASE WHEN i %% 3 = 0 THEN 'Please leave it at door ' || md5(i::text) END
                FROM generate_series(1, %1$d * 1200) i;
            INSERT INTO items SELECT i, i / 3 + 1, (i * 7919::bigint) %% 20000, i %% 9 + 1, (i * 31::bigint %% 50000) / 100.0
                FROM generate_series(1, %1$d * 3600 - 3) i;
            INSERT INTO events SELECT md5(i::text)::uuid, timestamptz '2024-01-01 00:00+00' + i * interval '1 second',
                i %% (%1$d * 170) + 1, (ARRAY['click', 'view', 'buy'])[i %% 3 + 1],
                jsonb_build_object('page', '/products/' || i %% 20000, 'session', md5((i / 10)::text), 'agent',
                    'Mozilla/5.0 (X11; Linux x86_64)', 'millis', i %% 3000)
                FROM generate_series(1, %1$d * 1100) i;
            CREATE INDEX ON orders (customer, placed);
            CREATE INDEX ON orders (placed);
            CREATE INDEX ON items ("order");
            CREATE INDEX ON items (product);
            CREATE INDEX ON events (at);
            CREATE INDEX ON events (customer);
            CREATE INDEX ON events USING gin (payload jsonb_path_ops);
            ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers;
            ALTER TABLE items ADD FOREIGN KEY ("order") REFERENCES orders;
            """.replace("% 200,", "%% 200,").replace("% 1000)", "%% 1000)")),

    /** Mostly one table. */
    ONE_TABLE("""
            CREATE TABLE sensors (id int PRIMARY KEY, place text);
            CREATE TABLE measurements (id bigint, sensor int, at timestamptz, value float8, unit text, raw text);
            INSERT INTO sensors SELECT i, 'place ' || md5(i::text) FROM generate_series(1, 1000) i;
            INSERT INTO measurements SELECT i, i %% 1000 + 1, timestamptz '2024-01-01 00:00+00' + i * interval '10 seconds',
                sin(i) * 100, (ARRAY['degC', 'hPa', 'lux'])[i %% 3 + 1], md5((i / 4)::text)
                FROM generate_series(1, %1$d * 6400) i;
            ALTER TABLE measurements ADD PRIMARY KEY (id);
            CREATE INDEX ON measurements (sensor, at);
            """);

    private final String script;

    SampleDatabase(String script) {
        this.script = script;
    }

    /** Makes it, in about that size on disk, and says how large it came out. */
    String create(RealPostgres postgres, int megabytes) {
        String name = postgres.createDatabase();
        postgres.psql(name, String.format(Locale.ROOT, script, megabytes));
        // As a database looks that has been in use for a while; also, nothing of it is left to vacuum while others are
        // timed.
        postgres.psql(name, "VACUUM (FREEZE, ANALYZE)");
        String size = postgres.run(
                        "psql",
                        "--no-psqlrc",
                        "--tuples-only",
                        "--no-align",
                        "--dbname=" + name,
                        "--command=SELECT pg_size_pretty(pg_database_size(current_database())) || ', of which indexes '"
                                + " || pg_size_pretty(sum(pg_indexes_size(c.oid))) FROM pg_class c WHERE relkind = 'r'")
                .orFail()
                .output()
                .strip();
        System.out.println(this + ": " + size);
        return name;
    }
}
