-- What a partition was built from says whether it is to be built again; rows and content are compared when it is built, and not kept.
ALTER TABLE fact_builds DROP COLUMN IF EXISTS rows;
ALTER TABLE fact_builds DROP COLUMN IF EXISTS hash;
