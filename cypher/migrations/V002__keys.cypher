// One current node a key. Retired versions and nodes that are over are found by type and key.
CREATE CONSTRAINT source_key IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT region_key IF NOT EXISTS FOR (n:Region) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT industry_key IF NOT EXISTS FOR (n:Industry) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT product_key IF NOT EXISTS FOR (n:Product) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT chain_key IF NOT EXISTS FOR (n:Chain) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT enterprise_key IF NOT EXISTS FOR (n:Enterprise) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT cluster_key IF NOT EXISTS FOR (n:Cluster) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT title_key IF NOT EXISTS FOR (n:Title) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT project_key IF NOT EXISTS FOR (n:Project) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT need_key IF NOT EXISTS FOR (n:Need) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT offer_key IF NOT EXISTS FOR (n:Offer) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT ended_id IF NOT EXISTS FOR (n:Ended) REQUIRE (n.type, n.id) IS UNIQUE;
CREATE CONSTRAINT ended_code IF NOT EXISTS FOR (n:Ended) REQUIRE (n.type, n.code) IS UNIQUE;
CREATE INDEX retired_id IF NOT EXISTS FOR (v:Retired) ON (v.type, v.`id`);
CREATE INDEX retired_code IF NOT EXISTS FOR (v:Retired) ON (v.type, v.`code`);
CREATE INDEX retired_start IF NOT EXISTS FOR (v:Retired) ON (v.type, v.`start`);
CREATE INDEX retired_end IF NOT EXISTS FOR (v:Retired) ON (v.type, v.`end`);
CREATE INDEX retired_type IF NOT EXISTS FOR (v:Retired) ON (v.type);
