//! The program over HTTP, with a real database and the real store: a module a theme, all in one binary, which is
//! built and linked once.

mod access;
mod access_table;
mod accounts;
mod administration;
mod ahead;
mod bucket;
mod bucket_elsewhere;
mod bulk;
mod cached_reads;
mod comments;
mod downloads;
mod favourites;
mod feeds;
mod galleries;
mod headers;
mod hostile;
mod hotlinks;
mod images;
mod imports;
mod invitations;
mod json_rpc;
mod lists;
mod malformed;
mod own_account;
mod page_cache;
mod pages;
mod random;
#[expect(dead_code, reason = "not every test has a Redis restarted")]
#[path = "../../../crates/domain/tests/key_value/redis_server.rs"]
mod redis_server;
mod rpc;
mod s3_clients;
#[path = "../../../crates/storage/tests/contract/seaweedfs.rs"]
mod seaweedfs;
mod sessions;
mod settings;
mod sharing;
mod site;
mod site_files;
mod tags_and_search;
mod tokens;
mod uploads;
mod variants;
