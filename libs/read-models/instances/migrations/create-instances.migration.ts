import { ForwardOnlyMigration } from '../../forward-only.migration.js';

/** Texts compare as bytes (`collate "C"`): ids are looked up, never sorted for people. */
export class CreateInstances extends ForwardOnlyMigration {
  readonly name = 'CreateInstances1790000000002';

  protected statements(schema: string): readonly string[] {
    return [
      `create table ${schema}.instances (
        instance_id          text collate "C" primary key,
        name                 text,
        user_id              text,
        status               text not null,
        sse_enabled          boolean not null,
        enable_storage_vault boolean not null,
        ram_user             json,
        mtime                bigint not null
      )`,
      `create table ${schema}.object_stores (
        instance_id       text collate "C",
        id                text collate "C",
        added_in          bigint not null,
        ctime             bigint not null,
        mtime             bigint not null,
        ak                text not null,
        sk                text not null,
        bucket            text not null,
        prefix            text,
        endpoint          text not null,
        external_endpoint text not null,
        region            text not null,
        provider          text,
        user_id           text,
        use_path_style    boolean,
        primary key (instance_id, id)
      )`,
      `create table ${schema}.vaults (
        instance_id text collate "C",
        id          text collate "C",
        added_in    bigint not null,
        name        text not null,
        storage     json not null,
        primary key (instance_id, id)
      )`,
      `create table ${schema}.clusters (
        instance_id      text collate "C",
        cluster_id       text collate "C",
        added_in         bigint not null,
        cluster_name     text collate "C" not null,
        type             text not null,
        status           text,
        mysql_user_names text[] not null,
        ctime            bigint not null,
        mtime            bigint not null,
        primary key (instance_id, cluster_id)
      )`,
      `create index clusters_name on ${schema}.clusters (instance_id, cluster_name)`,
      `create table ${schema}.nodes (
        instance_id     text collate "C",
        cluster_id      text collate "C",
        node_id         integer,
        cloud_unique_id text,
        name            text,
        ip              text,
        host            text,
        heartbeat_port  integer,
        edit_log_port   integer,
        node_type       text,
        status          text,
        ctime           bigint not null,
        mtime           bigint not null,
        primary key (instance_id, cluster_id, node_id)
      )`,
    ];
  }
}
