import { type Kysely, sql } from 'kysely'

// DDL commits by itself on MySQL: each statement can be repeated, so that a migration that was
// killed half-way is finished by the next run.

// Every table names its character set and collation: the default of MariaDB 10.11 is latin1.
// Text that people sort and search is utf8mb4_unicode_ci (there is no 0900 on MariaDB); what a
// program compares is ascii_bin or binary. No foreign keys: see docs/decisions/0005.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table if not exists accounts (
      id binary(16) not null primary key,
      email varchar(254) not null,
      email_canonical varbinary(254) not null,
      title varchar(80) not null,
      first_name varchar(80) not null,
      last_name varchar(80) not null,
      role varchar(10) character set ascii collate ascii_bin not null,
      password_hash varchar(255) character set ascii collate ascii_bin null,
      locale varchar(35) character set ascii collate ascii_bin not null,
      verified_at datetime(3) null,
      suspended_at datetime(3) null,
      created_at datetime(3) not null,
      updated_at datetime(3) null,
      unique key accounts_email_canonical (email_canonical),
      key accounts_last_name (last_name, id),
      key accounts_role (role, id),
      key accounts_role_email (role, email_canonical),
      key accounts_role_last_name (role, last_name, id)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)

  await sql`
    create table if not exists sessions (
      id binary(16) not null primary key,
      account_id binary(16) not null,
      transport varchar(10) character set ascii collate ascii_bin not null,
      secret binary(32) null,
      generation int unsigned not null,
      parent binary(16) null,
      used tinyint unsigned not null,
      reissues int unsigned not null,
      moved_at datetime(3) not null,
      created_at datetime(3) not null,
      last_used_at datetime(3) not null,
      idle_expires_at datetime(3) not null,
      expires_at datetime(3) not null,
      revoked_at datetime(3) null,
      ip varchar(45) character set ascii collate ascii_bin not null,
      user_agent varchar(255) not null,
      key sessions_account (account_id, revoked_at, last_used_at),
      key sessions_idle (idle_expires_at),
      key sessions_revoked (revoked_at)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)

  await sql`
    create table if not exists one_time_tokens (
      hash binary(32) not null primary key,
      account_id binary(16) not null,
      purpose varchar(20) character set ascii collate ascii_bin not null,
      email varchar(254) not null,
      created_at datetime(3) not null,
      expires_at datetime(3) not null,
      used_at datetime(3) null,
      title varchar(80) null,
      first_name varchar(80) null,
      last_name varchar(80) null,
      password_hash varchar(255) character set ascii collate ascii_bin null,
      key one_time_tokens_account (account_id, used_at),
      key one_time_tokens_expiry (expires_at)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)

  await sql`
    create table if not exists outbox (
      id binary(16) not null primary key,
      recipient varchar(254) not null,
      template varchar(40) character set ascii collate ascii_bin not null,
      locale varchar(35) character set ascii collate ascii_bin not null,
      data text not null,
      secret varbinary(255) null,
      attempts int unsigned not null,
      due_at datetime(3) null,
      owner binary(16) null,
      created_at datetime(3) not null,
      sent_at datetime(3) null,
      parked_at datetime(3) null,
      last_error varchar(255) null,
      key outbox_due (due_at),
      key outbox_sent (sent_at),
      key outbox_parked (parked_at, id)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)

  await sql`
    create table if not exists audit_events (
      id binary(16) not null primary key,
      at datetime(3) not null,
      event varchar(40) character set ascii collate ascii_bin not null,
      actor_id binary(16) null,
      subject_id binary(16) null,
      session_id binary(16) null,
      ip varchar(45) character set ascii collate ascii_bin not null,
      user_agent varchar(255) not null,
      request_id varchar(64) character set ascii collate ascii_bin not null,
      detail text null,
      key audit_events_at (at),
      key audit_events_subject (subject_id, id)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  for (const table of ['audit_events', 'outbox', 'one_time_tokens', 'sessions', 'accounts']) {
    await db.schema.dropTable(table).ifExists().execute()
  }
  // With the accounts go the rights that they took for ever: the next first account may be Admin again.
  await sql`delete from claims where until is null`.execute(db)
}
