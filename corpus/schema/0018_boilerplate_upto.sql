-- Up to which article of a source its stored texts were looked at since blocks were learned; NULL: all of them were.
ALTER TABLE sources ADD COLUMN boilerplate_upto INTEGER;
