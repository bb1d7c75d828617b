/*
 * A provider of security labels that takes every label, for a server of the VERSION that is given when it is compiled, such as 150018:
 * what dummy_seclabel of PostgreSQL's test modules does, which Debian has no package of. Needs no headers of the server.
 */

/* Pg_magic_struct of fmgr.h, from 15 to 17. */
static const struct
{
    int len, version, funcmaxargs, indexmaxkeys, namedatalen, float8byval;
    char abi_extra[32];
} magic = {sizeof(magic), VERSION / 100, 100, 32, 64, 1, "PostgreSQL"};

const void *
Pg_magic_func(void)
{
    return &magic;
}

extern void register_label_provider(const char *name, void (*check)(const void *object, const char *label));

static void
take_any(const void *object, const char *label)
{
    (void) object;
    (void) label;
}

void
_PG_init(void)
{
    register_label_provider("vault", take_any);
}
